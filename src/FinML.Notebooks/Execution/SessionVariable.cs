using System.Reflection;

namespace FinML.Notebooks;

/// <summary>A variable that a cell has declared: a field of the cell's object.</summary>
internal sealed class SessionVariable(object cell, FieldInfo place)
{
    /// <summary>The name.</summary>
    public string Name => place.Name;

    /// <summary>The declared type.</summary>
    public Type Type => place.FieldType;

    /// <summary>Whether it can be set where it is declared only.</summary>
    public bool IsReadOnly => place.IsInitOnly || place.IsLiteral;

    /// <summary>What it holds.</summary>
    public object? Value
    {
        get => place.GetValue(cell);
        set => place.SetValue(cell, value);
    }

    /// <summary>The object whose field it is.</summary>
    public object Cell => cell;

    /// <summary>The variables of a cell's object.</summary>
    public static IEnumerable<SessionVariable> Of(object cell) =>
        cell.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(field => char.IsLetterOrDigit(field.Name[0]) || field.Name[0] == '_')
            .Select(field => new SessionVariable(cell, field));
}
