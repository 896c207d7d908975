namespace FinML.Torch;

public static partial class torch
{
    public static Tensor all(Tensor input) => input.all();

    public static Tensor all(Tensor input, long dim, bool keepdim = false) => input.all(dim, keepdim);

    public static Tensor any(Tensor input) => input.any();

    public static Tensor any(Tensor input, long dim, bool keepdim = false) => input.any(dim, keepdim);

    public partial class Tensor
    {
        /// <summary>True where all elements are non-zero; so for an empty tensor.</summary>
        public Tensor all() => Truth().eq(0).sum().eq(0);

        public Tensor all(long dim, bool keepdim = false) => Truth().eq(0).sum(dim, keepdim).eq(0);

        /// <summary>True where any element is non-zero.</summary>
        public Tensor any() => Truth().sum().ne(0);

        public Tensor any(long dim, bool keepdim = false) => Truth().sum(dim, keepdim).ne(0);
    }
}
