namespace FinML.Torch;

/// <summary>Kinds of device. This engine has one; TorchSharp, by the build switch, has the others.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}

public static partial class torch
{
    /// <summary>Where a tensor lies: the CPU.</summary>
    public sealed record Device
    {
        public Device(string description) : this(Parse(description))
        {
        }

        public Device(DeviceType type, int index = -1)
        {
            if (type != DeviceType.CPU)
            {
                throw new ArgumentException(
                    $"device {type} is not available: this engine runs on the CPU (build with TorchSharp for a GPU).");
            }

            this.type = type;
            this.index = index;
        }

        public DeviceType type { get; }

        public int index { get; }

        public override string ToString() => "cpu";

        private static DeviceType Parse(string description) => description.Split(':')[0] switch
        {
            "cpu" => DeviceType.CPU,
            "cuda" => DeviceType.CUDA,
            _ => throw new ArgumentException($"unknown device '{description}': the devices are 'cpu' and 'cuda'."),
        };
    }

    /// <summary>The CPU device.</summary>
    public static Device CPU { get; } = new(DeviceType.CPU);

    public static Device device(string description) => new(description);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>Questions about GPUs; this engine has none.</summary>
    public static class cuda
    {
        public static bool is_available() => false;

        public static int device_count() => 0;
    }

    public static bool cuda_is_available() => false;
}
