namespace ArgoBootstrap.Clusters.Applying;

/// <summary>How objects are applied.</summary>
public sealed record ApplyOptions
{
    /// <summary>Who applies; see <see cref="FieldManagers"/>.</summary>
    public string FieldManager { get; init; } = FieldManagers.Own;

    /// <summary>For a dry run: namespaces that an earlier part of it would have made.</summary>
    internal IReadOnlyList<string> PlannedNamespaces { get; init; } = [];

    /// <summary>Takes over fields that others own, instead of failing.</summary>
    public bool Force { get; init; }

    /// <summary>Asks the server what it would do, and changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Namespace of objects that name none; empty for the context's.</summary>
    public string DefaultNamespace { get; init; } = "";

    /// <summary>
    /// Field managers whose fields become ours before applying, so that those go away that are not applied; see
    /// <see cref="FieldManagers"/>. What anybody else set and is not applied stays.
    /// </summary>
    public IReadOnlyList<string> AdoptFrom { get; init; } = [];

    /// <summary>
    /// Field managers whose values give way where another one is applied, instead of failing. Their fields that are not applied
    /// stay. A name that ends with <c>*</c> stands for all that begin so.
    /// </summary>
    public IReadOnlyList<string> Overrule { get; init; } = FieldManagers.ClientSide;

    /// <summary>How many objects are applied at once.</summary>
    public int Parallelism { get; init; } = 8;

    /// <summary>
    /// Waits at the end until the server serves the kinds of new CustomResourceDefinitions, which takes it seconds for a large
    /// one. Otherwise only definitions are waited for whose kinds are applied as well.
    /// </summary>
    public bool AwaitDefinitions { get; init; } = true;

    /// <summary>How long to wait until the server serves the kinds of new CustomResourceDefinitions.</summary>
    public TimeSpan DefinitionTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What the server does with fields that it does not know: <c>Strict</c>, <c>Warn</c> or <c>Ignore</c>.</summary>
    public string FieldValidation { get; init; } = "Strict";

    /// <summary>Labels that every object gets.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
