using System.Management.Automation;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.PowerShell.Errors;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>
/// What every cmdlet of the module has: a token that Ctrl+C cancels, and errors that carry id, category, target and a
/// recommended action. One input that fails does not keep the next from being processed.
/// </summary>
public abstract class ArgoBootstrapCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private ActivityRelay? _activity;
    private bool _isActivityKnown;

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    protected internal CancellationToken CancellationToken => _cancellation.Token;

    /// <summary>What errors are about; the cluster that was asked where it is null.</summary>
    private protected virtual object? ErrorTarget => null;

    /// <summary>Whether it is only asked what would be done.</summary>
    private protected bool IsWhatIf =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? bound) ? ((SwitchParameter)bound).IsPresent
        : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => AtLocation(() => Guard(ProcessInput));

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => AtLocation(() => Guard(ProcessEnd));

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _cancellation.Cancel();

    /// <summary>Stops what the cmdlet does, as Ctrl+C would.</summary>
    private protected void Cancel()
    {
        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended meanwhile.
        }
    }

    /// <summary>Writes a result, under the name that scripts know it by.</summary>
    /// <param name="value">The result.</param>
    private protected new void WriteObject(object? value) => base.WriteObject(OutputNames.Name(value));

    /// <summary>Writes results, under the names that scripts know them by.</summary>
    /// <param name="values">The results.</param>
    /// <param name="enumerateCollection">Always <see langword="true"/>: the results are written one by one.</param>
    private protected void WriteObject(IEnumerable<object> values, bool enumerateCollection) =>
        base.WriteObject(values.Select(OutputNames.Name), enumerateCollection);

    /// <summary>Processes one object of the pipeline, or the parameters where there is none.</summary>
    protected virtual void ProcessInput()
    {
    }

    /// <summary>Finishes when there is no more input.</summary>
    protected virtual void ProcessEnd()
    {
    }

    /// <summary>Runs work whose known failures become errors that do not end the pipeline.</summary>
    /// <param name="work">The work.</param>
    protected void Guard(Action work)
    {
        using IDisposable? listening = Relay?.Listen();
        try
        {
            work();
            Relay?.Flush();
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (ErrorRecords.IsKnown(exception))
        {
            Relay?.Flush();
            foreach (ErrorRecord record in ErrorRecords.From(exception, ErrorTarget))
            {
                WriteError(record);
            }
        }
    }

    /// <summary>Does what nothing can go on without: a known failure ends the command.</summary>
    /// <param name="work">The work.</param>
    private protected void Require(Action work)
    {
        using IDisposable? listening = Relay?.Listen();
        try
        {
            AtLocation(work);
        }
        catch (Exception exception) when (ErrorRecords.IsKnown(exception))
        {
            ThrowTerminatingError(ErrorRecords.From(exception, ErrorTarget).First());
        }
    }

    /// <summary>What -Verbose and -Debug show; <see langword="null"/> where neither is asked for.</summary>
    internal ActivityRelay? Relay
    {
        get
        {
            if (!_isActivityKnown)
            {
                _isActivityKnown = true;
                (bool isVerbose, bool isDebug) = (IsShown("Verbose"), IsShown("Debug"));
                _activity = isVerbose || isDebug ? new ActivityRelay(this, isVerbose, isDebug, Mask) : null;
            }

            return _activity;
        }
    }

    /// <summary>Takes secrets out of a text that -Verbose or -Debug shows.</summary>
    /// <param name="text">The text.</param>
    private protected virtual string Mask(string text) => new SecretMasker().MaskText(text);

    /// <summary>Whether messages of a kind are shown: as the parameter says, or the preference.</summary>
    private bool IsShown(string kind) =>
        MyInvocation.BoundParameters.TryGetValue(kind, out object? bound) ? ((SwitchParameter)bound).IsPresent
        : SessionState.PSVariable.GetValue(kind + "Preference") is { } preference
            && LanguagePrimitives.TryConvertTo(preference, out ActionPreference action) && action is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    /// <summary>Does work for which relative paths, also those of environment variables, count from the session's location; programs start in it.</summary>
    private void AtLocation(Action work)
    {
        using IDisposable location = WorkingFolder.Enter(SessionState.Path.CurrentFileSystemLocation.ProviderPath);
        work();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the cmdlet holds, whether it came to its end or not.</summary>
    /// <param name="disposing">Always <see langword="true"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        // A pipeline that ends early (Select-Object -First) is not stopped: work that still runs ends here.
        _cancellation.Cancel();
        _cancellation.Dispose();
    }
}
