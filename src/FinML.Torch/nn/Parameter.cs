using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>A leaf tensor that a module trains. Shares its elements with the tensor it is made from.</summary>
    public sealed class Parameter : torch.Tensor
    {
        /// <param name="data">The initial values, floating.</param>
        /// <param name="requires_grad">False for a frozen parameter.</param>
        public Parameter(torch.Tensor data, bool requires_grad = true)
            : base(Shared(data), data.Sizes, null, 0)
        {
            DetachFromDisposeScope();
            requires_grad_(requires_grad);
        }

        /// <summary>The same parameter in another precision; its gradient is dropped.</summary>
        internal void ConvertTo(torch.ScalarType type)
        {
            if (dtype == type)
            {
                return;
            }

            bool trained = requires_grad;
            requires_grad_(false);
            torch.Tensor converted = detach().to(type);
            ReplaceStorage(converted.Storage);
            requires_grad_(trained);
        }

        private static Storage Shared(torch.Tensor data)
        {
            ArgumentNullException.ThrowIfNull(data);
            torch.Tensor own = data.detach();
            if (!own.IsContiguous || own.Offset != 0)
            {
                own = own.clone();
            }

            Storage storage = own.Storage;
            storage.AddReference();
            return storage;
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A trainable tensor with the values of <paramref name="data"/>.</summary>
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
