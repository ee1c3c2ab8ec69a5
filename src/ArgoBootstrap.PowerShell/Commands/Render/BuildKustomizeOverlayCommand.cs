using System.Management.Automation;
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
    private IOverlaySession? _session;
    private string? _outputFolder;

    /// <summary>Writes a YAML stream, one string for each overlay: redirected to a file, one overlay is what <c>kustomize build</c> prints.</summary>
    [Parameter]
    public SwitchParameter AsYaml { get; set; }

    /// <summary>Writes one file for each overlay into this folder instead.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Rendering overlays";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Require(() => _outputFolder = OutputPath is null ? null : SessionPaths.ToFileSystem(SessionState, OutputPath));
        _session = Renderer.BeginSession();
    }

    /// <inheritdoc/>
    private protected override bool ShouldWorkOn(OverlayTarget target) =>
        _outputFolder is null || ShouldProcess(FileOf(target, _outputFolder), "Write the rendered overlay");

    /// <inheritdoc/>
    private protected override void Work(OverlayTarget target, IPipelineWriter writer)
    {
        RenderedOverlay overlay = _session!.Build(target.Path, CancellationToken);
        foreach (Diagnostic warning in overlay.Warnings)
        {
            writer.WriteWarning(warning.ToString());
        }

        if (_outputFolder is not null)
        {
            string file = FileOf(target, _outputFolder);
            OverlayFileWriter.Write(overlay, file);
            writer.WriteObject(new FileInfo(file));
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

    private static string FileOf(OverlayTarget target, string folder) => System.IO.Path.Combine(folder, OverlayFileName.Of(target));
}
