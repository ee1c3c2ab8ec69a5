using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace ArgoBootstrap.Shell.Cmdlets;

/// <summary>Format-List: the engine has the whole of it but the name.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Chooses the shape.</summary>
    public FormatListCommand() => FormatShapes.Choose(this, "List");
}
