using System.IO.Enumeration;
using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.Kustomize.Yaml.Reading;

namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>Finds out what was meant by a path that leads to nothing. Looks around only when a build has failed.</summary>
/// <param name="files">The files.</param>
/// <param name="root">Real path of the kustomization's folder.</param>
/// <param name="boundary">The folder that is not left: the clone that a remote base lies in; null for none.</param>
internal sealed class MissingPath(IFileSystem files, string root, string? boundary)
{
    private const int MaximumListed = 10;
    private readonly NearPath _near = new(files, root, boundary);

    /// <summary>The error for a file or folder that is not there.</summary>
    /// <param name="path">The path as written.</param>
    /// <param name="field">The field, as messages call it.</param>
    public KustomizeException Error(Located<string> path, string field)
    {
        string full = Path.GetFullPath(path.Value, root);
        if (files.DirectoryExists(full))
        {
            return new KustomizeException(
                DiagnosticIds.WrongType, $"'{path.Value}', named under '{field}', is a folder where a file is wanted.", path.Position, FilesIn(full, path.Value));
        }
        (string? why, string remedy) = Explain(path.Value);
        return new KustomizeException(
            DiagnosticIds.FileNotFound, $"'{UrlRedaction.Text(path.Value)}', named under '{field}', does not exist{(why is null ? "" : ": " + why)}.", path.Position, remedy);
    }

    /// <summary>Why a path leads to nothing, where that can be said, and what to do about it.</summary>
    private (string? Why, string Remedy) Explain(string written)
    {
        if (Scheme(written) is string scheme)
        {
            return scheme == "oci"
                ? ("kustomize does not load from OCI registries", "Keep the manifests in the repository, or name a Git repository. A Helm chart in a registry belongs under 'helmCharts', with the registry as 'repo'.")
                : ($"kustomize does not load addresses that begin with '{scheme}://'", "Name a file, a folder, a Git repository, or a file by https.");
        }
        if (TemplateMark.In(written) is string mark)
        {
            return ($"the path holds a template ({mark}), which kustomize does not fill in", TemplateMark.Remedy);
        }
        if (written.Any(char.IsControl))
        {
            char control = written.First(char.IsControl);
            string plain = string.Concat(written.Where(c => !char.IsControl(c))).Trim();
            return ($"the path holds a control character (U+{(int)control:X4})", _near.Exists(plain) ? $"Write '{plain}'." : "Remove it.");
        }
        string cleaned = CharacterNames.Cleaned(written);
        if (cleaned != written && cleaned.Length > 0 && _near.Exists(cleaned))
        {
            int at = CharacterNames.IndexIn(written);
            string what = at >= 0 ? CharacterNames.Of(written[at])! : written.Trim() == cleaned ? "a space at its beginning or end" : "quotes";
            return ($"the path holds {what}", $"Write '{cleaned}'.");
        }
        if (written.Contains('\\', StringComparison.Ordinal))
        {
            string slashes = written.Replace('\\', '/');
            return ("a backslash does not separate folders", $"Write '{(_near.Exists(slashes) ? slashes : _near.Find(slashes) ?? slashes)}'.");
        }
        if (written.AsSpan().IndexOfAny('*', '?', '[') >= 0)
        {
            return ("kustomize expands no wildcards", Matches(written));
        }
        if (written.StartsWith('~') || written.Contains("${", StringComparison.Ordinal) || written.Contains("$(", StringComparison.Ordinal))
        {
            return ($"kustomize expands no {(written[0] == '~' ? "'~'" : "variables")} in paths", "Write the path from this kustomization's folder.");
        }
        if (written.StartsWith('/'))
        {
            return ("a path with a slash in front begins at the root of the file system", FromAbove(written));
        }
        if (_near.Find(written) is string near)
        {
            return (null, $"Correct the path or add the file. Did you mean '{near}'?");
        }
        return (null, _near.MissingFolder(written) is string folder ? $"Correct the path: the folder '{folder}' does not exist either." : "Correct the path or add the file.");
    }

    private string FilesIn(string folder, string written)
    {
        string[] names = [.. _near.Names(folder).Where(n => files.FileExists(Path.Join(folder, n))).Order(StringComparer.Ordinal)];
        string prefix = written.EndsWith('/') ? written : written + "/";
        return names.Length switch
        {
            0 => "Name a file; the folder holds none.",
            1 => $"Name the file in it: '{prefix}{names[0]}'.",
            _ => $"Name the files in it: {Listed(names.Select(n => prefix + n))}.",
        };
    }

    /// <summary>The files that a pattern would have meant.</summary>
    private string Matches(string written)
    {
        int slash = written.LastIndexOf('/');
        string prefix = written[..(slash + 1)];
        string pattern = written[(slash + 1)..];
        string folder = Path.GetFullPath(prefix.Length == 0 ? "." : prefix.TrimEnd('/'), root);
        string[] names = files.DirectoryExists(folder)
            ? [.. _near.Names(folder).Where(n => !KustomizationFields.FileNames.Contains(n) && FileSystemName.MatchesSimpleExpression(pattern, n, ignoreCase: false)).Order(StringComparer.Ordinal)]
            : [];
        return names.Length == 0 ? "Name each file or folder." : $"Name each file: {Listed(names.Select(n => prefix + n))}.";
    }

    private string FromAbove(string written)
    {
        for (string? above = root; above is not null; above = Path.GetDirectoryName(above))
        {
            string full = Path.Join(above, written);
            if (_near.Exists(full))
            {
                return $"Write '{Path.GetRelativePath(root, full).Replace('\\', '/')}'.";
            }
        }
        return "Write the path from this kustomization's folder.";
    }

    private static string Listed(IEnumerable<string> names)
    {
        string[] all = [.. names.Select(n => $"'{n}'")];
        return string.Join(", ", all.Take(MaximumListed)) + (all.Length > MaximumListed ? $" and {all.Length - MaximumListed} more" : "");
    }

    private static string? Scheme(string written)
    {
        int end = written.IndexOf("://", StringComparison.Ordinal);
        return end > 0 && written.AsSpan(0, end).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-") < 0 ? written[..end].ToLowerInvariant() : null;
    }
}
