namespace FinML.Notebooks;

/// <summary>What an atom is to its neighbours: it decides spaces and which minus is a sign.</summary>
internal enum TexKind
{
    None,
    Ordinary,
    Function,
    Large,
    Operator, // binary operators, relations, punctuation, opening fences: what follows has no left operand
    Close,
}

/// <summary>One thing of a formula that can have scripts.</summary>
/// <param name="Body">Its MathML.</param>
/// <param name="Kind">What it is to its neighbours.</param>
/// <param name="Limits">Whether its scripts stand below and above it in a displayed formula.</param>
internal readonly record struct TexAtom(string Body, TexKind Kind = TexKind.Ordinary, bool Limits = false);
