using System.Management.Automation;

namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>What a script wrote.</summary>
/// <param name="Output">The objects of the pipeline.</param>
/// <param name="Errors">Errors that did not end the script, then the one that did.</param>
/// <param name="Warnings">Texts of warnings.</param>
/// <param name="Verbose">Texts of verbose messages.</param>
/// <param name="Progress">Progress records, in order.</param>
internal sealed record ScriptResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<ProgressRecord> Progress)
{
    /// <summary>The only error, whose id is as expected.</summary>
    /// <param name="id">The error's id, without the name of the cmdlet.</param>
    public ErrorRecord SingleError(string id)
    {
        ErrorRecord error = Assert.Single(Errors);
        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        return error;
    }
}
