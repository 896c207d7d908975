namespace FinML.Data.Features;

/// <summary>What comes round in a calendar, in UTC.</summary>
public enum CalendarPeriod
{
    /// <summary>From midnight to midnight.</summary>
    Day,

    /// <summary>From Monday's midnight on.</summary>
    Week,

    /// <summary>A calendar month, 28 to 31 days.</summary>
    Month,

    /// <summary>A calendar year, 365 or 366 days.</summary>
    Year,
}
