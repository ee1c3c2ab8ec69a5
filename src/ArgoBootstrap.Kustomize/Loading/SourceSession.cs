using System.Collections.Concurrent;
using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>One consistent view of the files: each is looked at once, however many overlays use it. Safe for concurrent use.</summary>
/// <param name="cache">What is known from earlier sessions.</param>
internal sealed class SourceSession(SourceCache cache)
{
    private readonly ConcurrentDictionary<string, SourceEntry?> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string?> _directories = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _realFiles = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<FileGate, KustomizationLocation> _kustomizations = new();

    /// <summary>The files.</summary>
    public IFileSystem Files => cache.Files;

    /// <summary>Bounds on what is accepted.</summary>
    public YamlLimits Limits => cache.Limits;

    /// <summary>Whether a file is there.</summary>
    /// <param name="path">Absolute path.</param>
    public bool FileExists(string path)
    {
        if (!_files.TryGetValue(path, out SourceEntry? entry))
        {
            if (Files.FileExists(path))
            {
                return true;
            }
            entry = _files.GetOrAdd(path, null as SourceEntry);
        }
        return entry is not null;
    }

    /// <summary>A file's content. Only <see cref="FileGate"/> asks for it: it decides which files a build may open.</summary>
    /// <param name="path">Absolute path of a file that exists.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public SourceEntry? Read(string path)
    {
        if (!_files.TryGetValue(path, out SourceEntry? entry))
        {
            entry = _files.GetOrAdd(path, cache.Read(path));
        }
        return entry;
    }

    /// <summary>The content of a file that was read before; null for any other path.</summary>
    /// <param name="path">Absolute path.</param>
    public SourceEntry? Known(string path) => _files.GetValueOrDefault(path);

    /// <summary>The real path of a folder, or null when there is no such folder.</summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public string? RealDirectory(string path)
    {
        if (!_directories.TryGetValue(path, out string? real))
        {
            real = _directories.GetOrAdd(path, Files.DirectoryExists(path) ? Files.ResolveLinks(path) : null);
        }
        return real;
    }

    /// <summary>The real path of a file.</summary>
    /// <param name="path">Absolute path of a file that exists.</param>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public string RealFile(string path)
    {
        if (!_realFiles.TryGetValue(path, out string? real))
        {
            real = _realFiles.GetOrAdd(path, Files.ResolveLinks(path));
        }
        return real;
    }

    /// <summary>Finds the kustomization file of a folder.</summary>
    /// <param name="gate">The folder, and which files it may read.</param>
    public KustomizationLocation FindKustomization(FileGate gate)
    {
        if (!_kustomizations.TryGetValue(gate, out KustomizationLocation? location))
        {
            location = _kustomizations.GetOrAdd(gate, Locate(gate));
        }
        return location;
    }

    private KustomizationLocation Locate(FileGate gate)
    {
        string root = gate.Root;
        string[] paths = [.. KustomizationFields.FileNames.Select(n => Path.Join(root, n))];
        List<SourceEntry> found = [];
        Diagnostic? unusable = null;
        foreach (string path in paths)
        {
            try
            {
                if (gate.TryRead(this, path) is SourceEntry entry)
                {
                    found.Add(entry);
                }
            }
            catch (OutsideRootException)
            {
                unusable ??= new Diagnostic(
                    DiagnosticIds.OutsideRoot, DiagnosticSeverity.Error, "This kustomization file is a link to a file outside its folder.",
                    new SourcePosition(new SourceFile(path), 0, 0),
                    "Replace the link with the file, name the folder that it leads to under 'resources', or build with LoadRestrictor None.");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                unusable ??= new Diagnostic(
                    DiagnosticIds.FileUnreadable, DiagnosticSeverity.Error, $"The kustomization file cannot be read: {e.Message}",
                    new SourcePosition(new SourceFile(path), 0, 0), "Check its permissions, and that it is a regular file.");
            }
        }
        // As kustomize does, what cannot be used is passed over where another of the names can.
        if (found.Count == 0 && unusable is not null)
        {
            return new KustomizationLocation(paths, null, unusable);
        }
        // Where names are not told apart by case, two of the names can be one file; that needs no care: no two differ only by case.
        return found.Count switch
        {
            1 => new KustomizationLocation(paths, found[0], null),
            0 => new KustomizationLocation(paths, null, new Diagnostic(
                DiagnosticIds.KustomizationFileMissing, DiagnosticSeverity.Error, $"The folder '{root}' holds no kustomization file.",
                new SourcePosition(new SourceFile(root), 0, 0),
                MissingKustomization.Remedy(Files, root))),
            _ => new KustomizationLocation(paths, null, new Diagnostic(
                DiagnosticIds.KustomizationFileAmbiguous, DiagnosticSeverity.Error,
                $"The folder '{root}' holds more than one kustomization file: {string.Join(", ", found.Select(f => Path.GetFileName(f.File.Path)))}.",
                new SourcePosition(found[1].File, 1, 1), "Keep one of them.")),
        };
    }
}

/// <summary>What was found when looking for the kustomization file of a folder.</summary>
/// <param name="Paths">Where it was looked for.</param>
/// <param name="Entry">The file, when there is exactly one.</param>
/// <param name="Problem">Why there is none, otherwise.</param>
internal sealed record KustomizationLocation(IReadOnlyList<string> Paths, SourceEntry? Entry, Diagnostic? Problem);
