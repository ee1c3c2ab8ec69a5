namespace ArgoBootstrap.Shell;

/// <summary>Turns the first Ctrl+C into a stop of the pipeline; the second one ends the process.</summary>
internal sealed class InterruptHandler : IDisposable
{
    private readonly Action _stop;
    private bool _stopping;

    /// <summary>Starts to listen.</summary>
    /// <param name="stop">Called once, on another thread.</param>
    public InterruptHandler(Action stop)
    {
        _stop = stop;
        Console.CancelKeyPress += OnCancel;
    }

    /// <inheritdoc/>
    public void Dispose() => Console.CancelKeyPress -= OnCancel;

    private void OnCancel(object? sender, ConsoleCancelEventArgs e)
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        e.Cancel = true;
        _stop();
    }
}
