using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace ArgoBootstrap.Shell.Cmdlets;

/// <summary>Format-Table: the engine has the whole of it but the name.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Chooses the shape.</summary>
    public FormatTableCommand() => FormatShapes.Choose(this, "Table");
}
