using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace FinML.Data;

/// <summary>The SHA-256 of all that a panel says: times, availability, names and values, bit by bit.</summary>
public static class PanelHash
{
    /// <summary>The hash, 64 lower-case hexadecimal digits; that of a slice is that of a panel with its rows.</summary>
    public static string Of(Panel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AddNames(hash, panel.Assets);
        AddNames(hash, panel.Fields);
        hash.AppendData(MemoryMarshal.AsBytes<long>([.. panel.Times.Select(time => time.Ticks)]));
        hash.AppendData(MemoryMarshal.AsBytes<long>([.. panel.AvailableAt.Select(time => time.Ticks)]));
        for (int asset = 0; asset < panel.Assets.Count; asset++)
        {
            for (int field = 0; field < panel.Fields.Count; field++)
            {
                hash.AppendData(MemoryMarshal.AsBytes(panel.Column(asset, field)));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The number of names and each with its length: no two lists look alike.</summary>
    private static void AddNames(IncrementalHash hash, IReadOnlyList<string> names)
    {
        hash.AppendData(BitConverter.GetBytes(names.Count));
        foreach (string name in names)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(name);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }
}
