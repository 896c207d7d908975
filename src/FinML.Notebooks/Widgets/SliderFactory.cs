namespace FinML.Notebooks;

/// <summary>Makes sliders: what a cell reaches as <c>Slider</c>.</summary>
public sealed class SliderFactory
{
    private readonly WidgetManager _widgets;

    internal SliderFactory(WidgetManager widgets) => _widgets = widgets;

    /// <summary>A slider over whole numbers: <c>var window = Slider.Create("window", 20, min: 5, max: 250);</c>. It is
    /// shown by <c>display(window)</c>, as the last expression of a cell, or by Interact.</summary>
    /// <param name="label">What stands beside it.</param>
    /// <param name="value">Where it stands at first.</param>
    /// <param name="min">The smallest value.</param>
    /// <param name="max">The largest value.</param>
    /// <param name="step">The distance between neighbouring values.</param>
    /// <exception cref="ArgumentException">The range is empty, or the value or the step lies outside of it.</exception>
    public Slider<int> Create(string label, int value, int min = 0, int max = 100, int step = 1) =>
        new(_widgets, label, value, min, max, step);

    /// <summary>A slider over real numbers.</summary>
    /// <param name="label">What stands beside it.</param>
    /// <param name="value">Where it stands at first.</param>
    /// <param name="min">The smallest value.</param>
    /// <param name="max">The largest value.</param>
    /// <param name="step">The distance between neighbouring values; null for a hundredth of the range.</param>
    /// <exception cref="ArgumentException">The range is empty, or the value or the step lies outside of it.</exception>
    public Slider<double> Create(string label, double value, double min = 0, double max = 1, double? step = null) =>
        new(_widgets, label, value, min, max, step ?? (max - min) / 100);
}
