using System.Management.Automation;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.PowerShell.Errors;

/// <summary>Turns the libraries' exceptions into error records: the id as they have it, what it is about, what to do.</summary>
internal static class ErrorRecords
{
    /// <summary>PowerShell 7.5 began to show the recommended action; before, it has to be part of the message to be seen.</summary>
    private static readonly bool ShowsRecommendedAction = typeof(PSObject).Assembly.GetName().Version >= new Version(7, 5);

    /// <summary>Whether an exception says what is wrong with input or surroundings, as opposed to the program.</summary>
    /// <param name="exception">What was thrown.</param>
    public static bool IsKnown(Exception exception) =>
        exception is KustomizeException or OperationException or IOException or UnauthorizedAccessException;

    /// <summary>The error records of an exception: one for each mistake that it carries.</summary>
    /// <param name="exception">One that <see cref="IsKnown"/>.</param>
    /// <param name="target">What was worked on, where the exception does not say it itself.</param>
    public static IEnumerable<ErrorRecord> From(Exception exception, object? target = null) => exception switch
    {
        KustomizeException several => several.Diagnostics.Select(diagnostic => From(diagnostic, several)),
        OperationException one => [Create(one, one.Id, one.Message, one.Remedy, one.Target.Length > 0 ? one.Target : target ?? ServerOf(one))],
        _ => [Create(exception, ErrorIds.FileAccess, exception.Message, "See that the path exists and that you may use it.", target)],
    };

    /// <summary>The error record of something that is told as a result: an object that could not be applied, a step that failed.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="target">What it is about.</param>
    public static ErrorRecord From(string id, string message, string remedy, object? target)
    {
        OperationException exception = new(id, message, remedy);
        return Create(exception, id, message, remedy, target);
    }

    private static string ServerOf(OperationException exception) => exception.Server.Length > 0 ? exception.Server : exception.Context;

    /// <summary>The record of one of several mistakes: with its own text, and below it the files that led there, as compilers print them.</summary>
    private static ErrorRecord From(Diagnostic diagnostic, KustomizeException exception) => Create(
        exception.Diagnostics.Count == 1 ? exception : new KustomizeException([diagnostic], exception),
        diagnostic.Id,
        $"{diagnostic.Position}: {diagnostic.Message}",
        diagnostic.Remedy,
        diagnostic.Position.File.Path,
        string.Concat(diagnostic.NamedBy.Select(file => $"{Environment.NewLine}  {file}")));

    private static ErrorRecord Create(Exception exception, string id, string message, string remedy, object? target, string below = "") =>
        new(exception, id, ErrorCategories.Of(id), target)
        {
            ErrorDetails = new ErrorDetails((ShowsRecommendedAction ? message : $"{message} {remedy}") + below) { RecommendedAction = remedy },
        };
}
