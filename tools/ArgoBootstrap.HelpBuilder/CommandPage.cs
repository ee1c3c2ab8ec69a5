namespace ArgoBootstrap.HelpBuilder;

/// <summary>What a page under docs/cmdlets says about a cmdlet. Texts are paragraphs.</summary>
internal sealed record CommandPage
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>One sentence.</summary>
    public required string Synopsis { get; init; }

    /// <summary>What the cmdlet does.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>Examples, in order.</summary>
    public required IReadOnlyList<CommandExample> Examples { get; init; }

    /// <summary>Descriptions of parameters, by name without the hyphen.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters { get; init; }

    /// <summary>Types that the pipeline may bring, with descriptions.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Inputs { get; init; }

    /// <summary>Types that the cmdlet writes, with descriptions.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Outputs { get; init; }

    /// <summary>Remarks.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Names of related cmdlets or pages.</summary>
    public required IReadOnlyList<string> RelatedLinks { get; init; }
}

/// <summary>An example of a page.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Code">The commands.</param>
/// <param name="Remarks">What they do.</param>
internal sealed record CommandExample(string Title, string Code, IReadOnlyList<string> Remarks);
