namespace FinML.Statistics;

/// <summary>The two statistics that go under the name of Hansen's test.</summary>
public enum SpaForm
{
    /// <summary>As in the paper: each mean is divided by its standard error.</summary>
    Studentised,

    /// <summary>As in the Python package arch: the means themselves; the standard errors only choose which models are
    /// recentred. A model with a large variance then decides the distribution of the maximum.</summary>
    Unstudentised,
}
