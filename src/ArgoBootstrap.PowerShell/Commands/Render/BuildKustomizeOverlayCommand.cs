using System.Management.Automation;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Rendering.Engines;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Commands.Render;

/// <summary>Renders overlays, as <c>kustomize build</c> does.</summary>
[Cmdlet(BuildVerb, "KustomizeOverlay", DefaultParameterSetName = PathParameterSets.Path, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(PSObject), typeof(string), typeof(FileInfo))]
public sealed class BuildKustomizeOverlayCommand : OverlayCmdlet
{
    /// <summary>An approved verb since PowerShell 6; the reference assembly is older.</summary>
    private const string BuildVerb = "Build";

    private readonly YamlStream _yaml = new();
    private readonly List<OverlayTarget> _forFile = [];
    private IOverlaySession? _session;
    private string? _outputFolder;
    private string? _outputFile;

    /// <summary>Writes a YAML stream, one string for each overlay: redirected to a file, one overlay is what <c>kustomize build</c> prints.</summary>
    [Parameter]
    public SwitchParameter AsYaml { get; set; }

    /// <summary>Writes one file for each overlay into this folder instead; into this file, where it ends in .yaml or .yml, for a single overlay.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Rendering overlays";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Require(ReadOutput);
        _session = Renderer.BeginSession();
    }

    /// <inheritdoc/>
    private protected override bool ShouldWorkOn(OverlayTarget target)
    {
        if (_outputFile is not null)
        {
            // Whether it is the only one is known at the end.
            _forFile.Add(target);
            return false;
        }

        return _outputFolder is null || ShouldWrite(FileOf(target));
    }

    /// <inheritdoc/>
    protected override void ProcessEnd()
    {
        if (_forFile.Count > 1)
        {
            throw new OperationException(
                ErrorIds.ParameterConflict,
                $"{_outputFile} is one file, and {_forFile.Count} overlays were to be written to it: {_forFile[0].RelativePath}, {_forFile[1].RelativePath}{(_forFile.Count > 2 ? ", ..." : "")}.",
                "Name one overlay, or a folder with -OutputPath. For one stream of them all, redirect what -AsYaml writes.",
                _outputFile!);
        }

        if (_forFile is [{ } only] && ShouldWrite(_outputFile!))
        {
            StartWork(only);
        }

        base.ProcessEnd();
    }

    /// <inheritdoc/>
    private protected override void Work(OverlayTarget target, IPipelineWriter writer)
    {
        RenderedOverlay overlay = _session!.Build(target.Path, CancellationToken);
        foreach (Diagnostic warning in overlay.Warnings.Where(warning => warning.Severity >= DiagnosticSeverity.Warning))
        {
            writer.WriteWarning(warning.ToString());
        }

        if (OutputPath is not null)
        {
            string file = FileOf(target);
            OverlayFileWriter.Write(overlay, file);
            writer.Send(_ => WriteFile(file));
        }
        else if (AsYaml)
        {
            string yaml = overlay.ToYaml();
            writer.Send(cmdlet => WriteYaml(cmdlet, yaml));
        }
        else
        {
            writer.WriteObjects([.. overlay.Resources.Select(resource => ResourceObject.From(resource, overlay.Root, target))]);
        }
    }

    private void WriteYaml(Cmdlet cmdlet, string yaml)
    {
        if (_yaml.Next(yaml) is { } text)
        {
            cmdlet.WriteObject(text);
        }
    }

    /// <summary>Writes a file as Get-Item does: with what PowerShell's view of files shows, its size among it.</summary>
    private void WriteFile(string file)
    {
        foreach (PSObject item in InvokeProvider.Item.Get([file], force: true, literalPath: true))
        {
            WriteObject(item);
        }
    }

    private void ReadOutput()
    {
        if (OutputPath is null)
        {
            return;
        }

        if (AsYaml)
        {
            throw new OperationException(
                ErrorIds.ParameterConflict, "-AsYaml writes to the pipeline, and -OutputPath to files.", "Leave out one of them; the files hold the same YAML.", OutputPath);
        }

        string path = SessionPaths.ToFileSystem(SessionState, OutputPath);
        bool isFile = File.Exists(path) || (!Directory.Exists(path) && System.IO.Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml");
        (_outputFile, _outputFolder) = isFile ? (path, (string?)null) : (null, path);
    }

    private bool ShouldWrite(string file) => ShouldProcess(file, "Write the rendered overlay");

    private string FileOf(OverlayTarget target) => _outputFile ?? System.IO.Path.Combine(_outputFolder!, OverlayFileName.Of(target));
}
