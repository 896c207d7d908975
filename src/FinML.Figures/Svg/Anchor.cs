namespace FinML.Figures.Svg;

internal enum Anchor
{
    Start,
    Middle,
    End,
}
