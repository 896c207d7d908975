using System.Reflection;
using System.Runtime.CompilerServices;

namespace FinML.Torch.Tests;

/// <summary>
/// The public surface, signature by signature, beside ApiSurface.approved.txt: a change to it is a decision. Run with
/// FINML_APPROVE=1 to accept the present one.
/// </summary>
public class ApiSurfaceTests
{
    [Fact]
    public void ThePublicSurfaceIsTheApprovedOne()
    {
        string path = Path.Combine(Folder(), "ApiSurface.approved.txt");
        string[] actual = Surface();
        if (Environment.GetEnvironmentVariable("FINML_APPROVE") == "1")
        {
            File.WriteAllLines(path, actual);
        }

        string[] approved = File.ReadAllLines(path);
        Assert.True(
            approved.SequenceEqual(actual),
            "the public surface changed; FINML_APPROVE=1 accepts it. New:\n"
            + string.Join('\n', actual.Except(approved))
            + "\nGone:\n" + string.Join('\n', approved.Except(actual)));
    }

    private static string[] Surface()
    {
        List<string> lines = [];
        foreach (Type type in typeof(torch).Assembly.GetExportedTypes())
        {
            lines.Add($"{Kind(type)} {Name(type)}");
            const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic
                | BindingFlags.Instance | BindingFlags.Static
                | BindingFlags.DeclaredOnly;
            foreach (MemberInfo member in type.GetMembers(all))
            {
                string? line = member switch
                {
                    ConstructorInfo c when Visible(c) => $"new({Parameters(c)})",
                    MethodInfo m when Visible(m) && !m.IsDefined(typeof(CompilerGeneratedAttribute)) =>
                        $"{Modifier(m)}{Name(m.ReturnType)} {m.Name}{Generics(m)}({Parameters(m)})",
                    FieldInfo f when f.IsPublic && !f.IsSpecialName => $"field {Name(f.FieldType)} {f.Name}",
                    _ => null,
                };
                if (line is not null)
                {
                    lines.Add($"{Name(type)}: {line}");
                }
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return [.. lines.Distinct()];
    }

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Kind(Type type) => type.IsEnum ? "enum" : type.IsValueType ? "struct"
        : type.IsInterface ? "interface" : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsSealed ? "sealed class" : type.IsAbstract ? "abstract class" : "class";

    private static string Modifier(MethodInfo method) => method.IsStatic ? "static "
        : method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "";

    private static string Generics(MethodInfo method) => method.IsGenericMethodDefinition
        ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>"
        : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        (p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "") + Name(p.ParameterType) + " " + p.Name
        + (p.HasDefaultValue ? " = " + (p.DefaultValue?.ToString()!.Replace("\n", "\\n") ?? "null") : "")));

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return "ref " + Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        string name = type.DeclaringType is null ? type.Name : Name(type.DeclaringType) + "." + type.Name;
        return type.IsGenericType
            ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : name;
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
