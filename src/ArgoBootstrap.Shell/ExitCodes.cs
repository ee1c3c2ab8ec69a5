namespace ArgoBootstrap.Shell;

/// <summary>What the process ends with, besides what a script asks for with <c>exit</c>.</summary>
internal static class ExitCodes
{
    /// <summary>Everything went well.</summary>
    public const int Success = 0;

    /// <summary>An error was reported, whether it ended the script or not.</summary>
    public const int Failure = 1;

    /// <summary>The command line could not be understood (<c>EX_USAGE</c>, as pwsh ends with).</summary>
    public const int Usage = 64;

    /// <summary>Ctrl+C (128 and the number of SIGINT, as shells end with).</summary>
    public const int Interrupted = 130;
}
