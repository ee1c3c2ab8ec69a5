using ArgoBootstrap.Core.Validation.Execution;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation;

/// <summary>One thing that validation found in an overlay.</summary>
public sealed record Finding
{
    private readonly string _message = "";
    private readonly string _remedy = "";

    /// <summary>The rule, as <see cref="RuleCatalog"/> lists it and <c>docs/rules</c> describes it.</summary>
    public required string RuleId { get; init; }

    /// <summary>How much it matters: an error keeps the overlay from passing.</summary>
    public required DiagnosticSeverity Severity { get; init; }

    /// <summary>What is wrong, in one sentence that names the thing.</summary>
    public required string Message { get => _message; init => _message = VisibleText.Of(value); }

    /// <summary>What to do about it, as an instruction.</summary>
    public required string Remedy { get => _remedy; init => _remedy = VisibleText.Of(value); }

    /// <summary>The object that it is about, or <see langword="null"/> where it is about a file.</summary>
    public ResourceReference? Resource { get; init; }

    /// <summary>The overlay that it was found in, by its path from the repository's root.</summary>
    public string Overlay { get; init; } = "";

    /// <summary>The absolute path of the file at fault.</summary>
    public required string File { get; init; }

    /// <summary><c>file:line:column</c>, the file from the repository's root; without line and column where it is about the file or folder as a whole.</summary>
    public string Place => VisibleText.Of(Line > 0 ? $"{ShownFile}:{Line}:{Column}" : ShownFile);

    /// <summary>The line in the file, from 1; 0 where it is about the file or folder as a whole.</summary>
    public int Line { get; init; }

    /// <summary>The column in the file, from 1; 0 where it is about the file or folder as a whole.</summary>
    public int Column { get; init; }

    /// <summary>The absolute paths of the kustomization files that lead to the fault, from the overlay's own downwards.</summary>
    public IReadOnlyList<string> OverlayChain { get; init; } = [];

    /// <summary>
    /// The overlays of the run that the same cause reaches (the same rule, place and message), this one first, in the order of
    /// their results. Complete when the run has ended; empty where an earlier result reported the cause, see <see cref="RepeatOf"/>.
    /// </summary>
    public IReadOnlyList<string> AffectedOverlays => Reach?.Overlays ?? [];

    /// <summary>The overlay whose result reported the same cause before; <see langword="null"/> where this is the first.</summary>
    public string? RepeatOf { get; init; }

    /// <summary>The repository's root, for places; <see langword="null"/> outside of a repository.</summary>
    internal string? Root { get; init; }

    /// <summary>The message as it would be in whatever overlay: with the name that the object has in its own file. Null where that is <see cref="Message"/>.</summary>
    internal string? Cause { get; init; }

    /// <summary>Where the run keeps what the cause reaches; null but for its first finding.</summary>
    internal FindingCause? Reach { get; init; }

    /// <summary>The finding for people: <see cref="ToString"/>, and below it what to do.</summary>
    /// <param name="width">Characters in a line; a word that is longer stays whole.</param>
    public IReadOnlyList<string> ToLines(int width) => [.. FindingText.Of(this, width)];

    /// <summary><c>file:line:column: severity rule: message</c>, as compilers print it.</summary>
    public override string ToString() => $"{Place}: {Severity.ToString().ToLowerInvariant()} {RuleId}: {Message}";

    private string ShownFile => Root is not null && File.StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        ? File[(Root.Length + 1)..].Replace(Path.DirectorySeparatorChar, '/')
        : File;
}
