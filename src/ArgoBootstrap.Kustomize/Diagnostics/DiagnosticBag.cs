using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Diagnostics;

/// <summary>Collects independent mistakes, so that all of them are reported together.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _items = [];

    /// <summary>Whether anything was collected.</summary>
    public bool IsEmpty => _items.Count == 0;

    /// <summary>Adds an error.</summary>
    public void Error(string id, string message, SourcePosition position, string remedy) =>
        _items.Add(new Diagnostic(id, DiagnosticSeverity.Error, message, position, remedy));

    /// <summary>Adds a diagnostic.</summary>
    public void Add(Diagnostic diagnostic) => _items.Add(diagnostic);

    /// <summary>Runs a step and keeps what it reports, so that the steps after it run as well.</summary>
    /// <param name="step">The step.</param>
    /// <returns>Whether it went well.</returns>
    public bool Try(Action step)
    {
        try
        {
            step();
            return true;
        }
        catch (KustomizeException e)
        {
            _items.AddRange(e.Diagnostics);
            return false;
        }
    }

    /// <summary>Throws what was collected, if anything: file by file, in the order of their lines. The same mistake is reported once.</summary>
    /// <exception cref="KustomizeException">Something was collected.</exception>
    public void ThrowIfAny()
    {
        if (_items.Count > 0)
        {
            List<string> files = [.. _items.Select(d => d.Position.File.Path).Distinct()];
            throw new KustomizeException(
                [.. _items.DistinctBy(d => d.Identity).OrderBy(d => files.IndexOf(d.Position.File.Path)).ThenBy(d => d.Position.Line).ThenBy(d => d.Position.Column)]);
        }
    }
}
