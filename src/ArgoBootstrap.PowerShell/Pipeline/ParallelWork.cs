using System.Management.Automation;
using ArgoBootstrap.PowerShell.Errors;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>
/// Works on items with several threads while the pipeline goes on, and writes results as they are done. Items are added
/// and results written on the pipeline's thread.
/// </summary>
/// <typeparam name="T">The type of an item.</typeparam>
internal sealed class ParallelWork<T>
    where T : notnull
{
    private readonly Cmdlet _cmdlet;
    private readonly Action<T, IPipelineWriter> _work;
    private readonly int _throttleLimit;
    private readonly CancellationToken _cancellationToken;
    private readonly PipelineChannel _channel;
    private readonly ProgressReporter _progress;
    private readonly Queue<T> _waiting = new();
    private readonly object _sync = new();
    private int _running;
    private bool _noMore;

    /// <summary>Makes ready.</summary>
    /// <param name="cmdlet">The cmdlet that writes.</param>
    /// <param name="activity">What the progress says is being done.</param>
    /// <param name="throttleLimit">The largest number of items that are worked on at a time.</param>
    /// <param name="work">What is done with an item, on a thread of the pool.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public ParallelWork(Cmdlet cmdlet, string activity, int throttleLimit, Action<T, IPipelineWriter> work, CancellationToken cancellationToken)
    {
        _cmdlet = cmdlet;
        _work = work;
        _throttleLimit = throttleLimit;
        _cancellationToken = cancellationToken;
        _channel = new PipelineChannel(cancellationToken);
        _progress = new ProgressReporter(activity);
    }

    /// <summary>Adds an item, and writes what is done meanwhile.</summary>
    /// <param name="item">The item.</param>
    public void Add(T item)
    {
        _progress.Total++;
        lock (_sync)
        {
            _waiting.Enqueue(item);
            if (_running < _throttleLimit)
            {
                _running++;
                _ = Task.Run(RunWorker, CancellationToken.None);
            }
        }

        _channel.Drain(_cmdlet);
    }

    /// <summary>Waits until all items are done, writing results as they come.</summary>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public void Finish()
    {
        lock (_sync)
        {
            _noMore = true;
            CompleteWhenDone();
        }

        while (_channel.WaitForMore())
        {
            _channel.Drain(_cmdlet);
        }

        _progress.Complete(_cmdlet);
    }

    private void RunWorker()
    {
        while (TryTake(out T? item))
        {
            try
            {
                Run(item);
            }
            catch (OperationCanceledException) when (_cancellationToken.IsCancellationRequested)
            {
                // Nobody reads any more; TryTake ends the worker.
            }
        }
    }

    private void Run(T item)
    {
        try
        {
            _work(item, _channel);
        }
        catch (Exception exception) when (ErrorRecords.IsKnown(exception))
        {
            foreach (ErrorRecord record in ErrorRecords.From(exception, item.ToString()))
            {
                _channel.WriteError(record);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A mistake of the program: told like an error of this item, so that the others are still done.
            _channel.WriteError(new ErrorRecord(exception, "UnexpectedError", ErrorCategory.NotSpecified, item.ToString()));
        }

        _channel.Send(_progress.Done);
    }

    private bool TryTake(out T item)
    {
        lock (_sync)
        {
            if (!_cancellationToken.IsCancellationRequested && _waiting.TryDequeue(out item!))
            {
                return true;
            }

            item = default!;
            _running--;
            CompleteWhenDone();
            return false;
        }
    }

    private void CompleteWhenDone()
    {
        if (_noMore && _running == 0)
        {
            _channel.Complete();
        }
    }
}
