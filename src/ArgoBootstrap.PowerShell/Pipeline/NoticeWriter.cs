namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>
/// Shows lines that the user has to see at once, such as where a credential plugin wants them to sign in: on the host and in the
/// information stream, as <c>Write-Host</c> does. Nothing is shown while no operation runs.
/// </summary>
internal sealed class NoticeWriter : IProgress<string>
{
    private volatile IPipelineWriter? _writer;

    /// <summary>Where lines go now.</summary>
    public IPipelineWriter? Writer
    {
        get => _writer;
        set => _writer = value;
    }

    /// <inheritdoc/>
    public void Report(string value) => _writer?.WriteHost(value);
}
