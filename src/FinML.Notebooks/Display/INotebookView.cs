namespace FinML.Notebooks;

/// <summary>A value that makes its own representations.</summary>
internal interface INotebookView
{
    /// <summary>What is shown of it.</summary>
    MimeBundle Show();
}
