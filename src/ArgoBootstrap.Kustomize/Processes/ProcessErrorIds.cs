namespace ArgoBootstrap.Kustomize.Processes;

/// <summary>The stable names of what can go wrong with a program that is started.</summary>
public static class ProcessErrorIds
{
    /// <summary>A program such as <c>helm</c> is not there.</summary>
    public const string ProgramNotFound = nameof(ProgramNotFound);

    /// <summary>A program ended with an error, or did not end in time.</summary>
    public const string ProgramFailed = nameof(ProgramFailed);
}
