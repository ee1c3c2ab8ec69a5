using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Diagnostics;

/// <summary>One thing that is wrong, where it is, and what to do about it.</summary>
/// <param name="Id">A stable name from <see cref="DiagnosticIds"/>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What is wrong, in one sentence that names the thing.</param>
/// <param name="Position">Where it is.</param>
/// <param name="Remedy">What to do about it, as an instruction.</param>
public sealed record Diagnostic(string Id, DiagnosticSeverity Severity, string Message, SourcePosition Position, string Remedy)
{
    private readonly string _message = VisibleText.Of(Message);
    private readonly string _remedy = VisibleText.Of(Remedy);

    /// <summary>What is wrong, in one sentence that names the thing.</summary>
    public string Message { get => _message; init => _message = VisibleText.Of(value); }

    /// <summary>What to do about it, as an instruction.</summary>
    public string Remedy { get => _remedy; init => _remedy = VisibleText.Of(value); }

    /// <summary>The kustomization files that led there, from the root that is built to the file at fault; absolute paths.</summary>
    public IReadOnlyList<string> Chain { get; init; } = [];

    /// <summary>What two diagnostics have in common that say the same of the same place.</summary>
    internal (string Id, string Message, string File, int Line, int Column) Identity => (Id, Message, Position.File.Path, Position.Line, Position.Column);

    /// <summary>
    /// The kustomization files that led there, the nearest first, without the one at fault itself: <c>named by FILE</c> for
    /// each. Empty where the file that is built is at fault itself.
    /// </summary>
    public IEnumerable<string> NamedBy => Chain.Reverse().SkipWhile(file => file == Position.File.Path).Select(file => $"named by {file}");

    /// <summary><c>file:line:column: message remedy</c>, on one line.</summary>
    public override string ToString() => $"{Position}: {Message} {Remedy}";
}
