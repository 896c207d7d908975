using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace FinML.Notebooks;

/// <summary>
/// Keeps the functions of a cell in the traces of errors. What can be unloaded is compiled once and for speed, and an
/// inlined function is missing where an error's place is told; one that only calculates hardly fails, and stays fast.
/// </summary>
internal static class CellFrames
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private static readonly string[] Calculating =
    [
        "add", "and", "beq", "bge", "bgt", "ble", "blt", "bne", "br", "ceq", "cgt", "clt", "conv.i", "conv.r",
        "conv.u", "dup", "ldarg", "ldc", "ldfld", "ldloc", "mul", "neg", "nop", "not", "or", "pop", "ret", "shl",
        "shr", "starg", "stfld", "stloc", "sub", "xor",
    ];

    /// <summary>Marks the functions of the cell's class that can fail as not to be inlined: in the image.</summary>
    public static void Keep(MemoryStream image)
    {
        image.Position = 0;
        using var reader = new PEReader(image, PEStreamOptions.LeaveOpen);
        var metadata = reader.GetMetadataReader();
        // ECMA-335 II.22.26: RVA (4 bytes), ImplFlags (2 bytes) ...
        var table = reader.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.MethodDef) + 4;
        var row = metadata.GetTableRowSize(TableIndex.MethodDef);
        foreach (var type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            if (!metadata.GetString(type.Name).StartsWith(CellAssemblies.ClassName, StringComparison.Ordinal))
                continue;
            foreach (var handle in type.GetMethods())
            {
                var place = metadata.GetMethodDefinition(handle).RelativeVirtualAddress;
                if (place == 0 || !CanFail(reader.GetMethodBody(place).GetILReader(), metadata))
                    continue;
                var flags = image.GetBuffer().AsSpan(table + row * (MetadataTokens.GetRowNumber(handle) - 1), 2);
                BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(
                    BinaryPrimitives.ReadUInt16LittleEndian(flags) | (ushort)MethodImplAttributes.NoInlining));
            }
        }
    }

    /// <summary>Whether code does more than calculate with what it is given.</summary>
    private static bool CanFail(BlobReader code, MetadataReader metadata)
    {
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            var operation = Codes[(short)(value == 0xFE ? 0xFE00 | code.ReadByte() : value)];
            if (operation == OpCodes.Call)
            {
                if (!IsHarmless(MetadataTokens.EntityHandle(code.ReadInt32()), metadata))
                    return true;
                continue;
            }

            if (operation.Name!.Contains(".ovf", StringComparison.Ordinal) || !Calculating.Any(
                name => operation.Name.StartsWith(name, StringComparison.Ordinal)))
                return true;
            code.Offset += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                _ => 4,
            };
        }

        return false;
    }

    /// <summary>Whether a call is of mathematics, or asks whether to stop, which is nobody's fault.</summary>
    private static bool IsHarmless(EntityHandle method, MetadataReader metadata) =>
        method.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)method).Parent is { Kind: HandleKind.TypeReference } type
        && metadata.GetTypeReference((TypeReferenceHandle)type) is var reference
        && (metadata.GetString(reference.Namespace), metadata.GetString(reference.Name)) is
            ("System", "Math" or "MathF") or (nameof(FinML) + "." + nameof(Notebooks), nameof(CellStop));
}
