using System.Text;

namespace FinML.Torch;

/// <summary>Tensors in files of TorchSharp's format, which both engines read.</summary>
public static partial class TensorExtensionMethods
{
    /// <summary>Writes dtype, shape and elements.</summary>
    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(writer);
        TensorFormat.Write(writer, tensor);
    }

    /// <summary>Writes dtype, shape and elements, and closes the stream.</summary>
    public static void Save(this torch.Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        tensor.Save(writer);
    }

    /// <summary>Writes dtype, shape and elements to a file, which is replaced.</summary>
    public static void Save(this torch.Tensor tensor, string location) => tensor.Save(File.Create(location));

    /// <summary>Reads elements into a tensor of the same dtype and shape.</summary>
    /// <param name="tensor">Where they go.</param>
    /// <param name="reader">What Save wrote.</param>
    /// <param name="skip">Read on, but leave the tensor as it is.</param>
    /// <exception cref="ArgumentException">Dtype or shape differ.</exception>
    /// <exception cref="InvalidDataException">The data is truncated or corrupt.</exception>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(reader);
        (ScalarType type, long[] shape) = TensorFormat.ReadHeader(reader);
        CheckFits(tensor, type, skip ? tensor.Sizes : shape);
        if (skip)
        {
            TensorFormat.SkipElements(reader, type, shape);
            return;
        }

        using IDisposable off = torch.no_grad();
        using torch.Tensor value = TensorFormat.ReadElements(reader, type, shape);
        tensor.copy_(value);
    }

    /// <summary>Reads a tensor.</summary>
    /// <param name="reader">What Save wrote.</param>
    /// <param name="skip">Read on, and give zeros of the shape.</param>
    /// <exception cref="InvalidDataException">The data is truncated or corrupt.</exception>
    public static torch.Tensor Load(BinaryReader reader, bool skip = false)
    {
        ArgumentNullException.ThrowIfNull(reader);
        (ScalarType type, long[] shape) = TensorFormat.ReadHeader(reader);
        if (!skip)
            return TensorFormat.ReadElements(reader, type, shape);
        TensorFormat.SkipElements(reader, type, shape);
        return torch.zeros(shape, dtype: type);
    }

    /// <summary>Reads into a tensor, or makes it where it is null.</summary>
    /// <inheritdoc cref="Load(torch.Tensor, BinaryReader, bool)"/>
    public static void Load(ref torch.Tensor? tensor, BinaryReader reader, bool skip = false)
    {
        if (tensor is null)
            tensor = Load(reader, skip);
        else
            tensor.Load(reader, skip);
    }

    private static void CheckFits(torch.Tensor tensor, ScalarType type, long[] shape)
    {
        if (type != tensor.dtype || !Shapes.Equal(shape, tensor.Sizes))
        {
            throw new ArgumentException(
                $"Load: the file holds {type}{Shapes.Text(shape)}, the tensor is "
                + $"{tensor.dtype}{Shapes.Text(tensor.Sizes)}.", nameof(tensor));
        }
    }
}
