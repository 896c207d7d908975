namespace FinML.Data.Features;

/// <summary>Which of the two waves that together say a place on a circle.</summary>
public enum CalendarWave
{
    Sine,

    Cosine,
}
