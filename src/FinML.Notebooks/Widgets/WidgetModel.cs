using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>The kernel's side of one widget of the front end.</summary>
/// <param name="modelName">The class of the front end's model, such as "IntSliderModel".</param>
/// <param name="viewName">The class of its view; null where it has none.</param>
/// <param name="state">Its other attributes.</param>
/// <param name="package">"controls" or "base".</param>
/// <param name="viewPackage">"controls" or "base".</param>
internal sealed class WidgetModel(
    string modelName, string? viewName, JsonObject state, string package = "controls", string viewPackage = "controls")
{
    internal string ModelName => modelName;

    internal string? ViewName => viewName;

    internal string Package => package;

    internal string ViewPackage => viewPackage;

    /// <summary>What the front end shows.</summary>
    internal JsonObject State => state;

    /// <summary>Hears what the user has changed; returns what the front end has to correct, or null.</summary>
    internal Func<JsonObject, JsonObject?>? Changed { get; init; }

    /// <summary>The number of the cell that made it.</summary>
    internal int Cell { get; set; }

    /// <summary>The id of its comm; null where it is not open.</summary>
    internal string? Id { get; set; }

    /// <summary>How other widgets speak of it.</summary>
    internal string Reference => "IPY_MODEL_" + Id;
}
