namespace FinML.Notebooks.Tests.Execution;

/// <summary>A static that a session must share with its host.</summary>
public static class Shared
{
    public static int Value { get; set; }
}
