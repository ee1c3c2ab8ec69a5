using System.Management.Automation;

namespace ArgoBootstrap.PowerShell.Commands.Validate;

/// <summary>Makes the error by which a run of tests fails.</summary>
internal static class OverlayTestFailure
{
    private const string Id = "OverlayTestFailed";
    private const string Remedy = "Correct the findings and errors, then run the command again.";

    /// <summary>
    /// The error. It ends the script, as <c>throw</c> does: a cmdlet's usual terminating error ends its statement only, and
    /// <c>pwsh -File</c> would go on to exit code 0.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="message">What failed.</param>
    /// <param name="overlays">The overlays that failed.</param>
    public static RuntimeException Of(PSCmdlet cmdlet, string message, string[] overlays)
    {
        ErrorRecord record = new(new InvalidOperationException(message), $"{Id},{cmdlet.GetType().FullName}", ErrorCategory.InvalidResult, overlays)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = Remedy },
        };
        record.CategoryInfo.Activity = cmdlet.MyInvocation.MyCommand.Name;
        return new RuntimeException(message, record.Exception, record) { WasThrownFromThrowStatement = true };
    }
}
