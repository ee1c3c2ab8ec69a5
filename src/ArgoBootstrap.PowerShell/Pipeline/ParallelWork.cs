using System.Management.Automation;
using ArgoBootstrap.Core.Concurrency;
using ArgoBootstrap.PowerShell.Errors;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>
/// Works on items with several threads while the pipeline goes on, and writes what each comes to in their order, as soon as
/// it and those before it are done. Items are added and results written on the pipeline's thread.
/// </summary>
/// <typeparam name="T">The type of an item.</typeparam>
internal sealed class ParallelWork<T>
    where T : notnull
{
    private readonly Cmdlet _cmdlet;
    private readonly Action<T, IPipelineWriter> _work;
    private readonly OrderedWork<T, PipelineRecord> _ordered;
    private readonly ProgressReporter _progress;

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
        _ordered = new OrderedWork<T, PipelineRecord>((item, _) => Task.FromResult(Run(item)), throttleLimit, ahead: null, cancellationToken);
        _progress = new ProgressReporter(activity);
    }

    /// <summary>Adds an item, and writes what is done meanwhile.</summary>
    /// <param name="item">The item.</param>
    public void Add(T item)
    {
        _progress.Total++;
        _ordered.Add(item);
        while (_ordered.TryTake(out PipelineRecord? record))
        {
            Write(record);
        }
    }

    /// <summary>Waits until all items are done, writing results as they come.</summary>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public void Finish()
    {
        foreach (PipelineRecord record in _ordered.TakeAllAsync().ToBlockingEnumerable())
        {
            Write(record);
        }

        _progress.Complete(_cmdlet);
    }

    private void Write(PipelineRecord record)
    {
        record.WriteTo(_cmdlet);
        _progress.Done(_cmdlet);
    }

    private PipelineRecord Run(T item)
    {
        PipelineRecord record = new();
        try
        {
            _work(item, record);
        }
        catch (Exception exception) when (ErrorRecords.IsKnown(exception))
        {
            foreach (ErrorRecord error in ErrorRecords.From(exception, item.ToString()))
            {
                record.WriteError(error);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A mistake of the program: told like an error of this item, so that the others are still done.
            record.WriteError(new ErrorRecord(exception, "UnexpectedError", ErrorCategory.NotSpecified, item.ToString()));
        }

        return record;
    }
}
