using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>A runspace with the built module imported through its manifest, as a user has it.</summary>
internal sealed class ModuleRunspace : IDisposable
{
    // Runspaces that open at the same moment can be left without the drives of the file system.
    private static readonly Lock Opening = new();

    private readonly Runspace _runspace;

    /// <summary>Opens a runspace and imports the module.</summary>
    /// <param name="location">The folder that the session starts in; the repository's root where none is given.</param>
    public ModuleRunspace(string? location = null)
    {
        _runspace = RunspaceFactory.CreateRunspace(new ScannedHost(), InitialSessionState.CreateDefault2());
        lock (Opening)
        {
            _runspace.Open();
        }

        Assert.Empty(Run("param($path) Import-Module $path", RepositoryRoot.Manifest).Errors);
        _runspace.SessionStateProxy.Path.SetLocation(WildcardPattern.Escape(location ?? RepositoryRoot.Path));
    }

    /// <summary>Runs a script that is expected to report no error.</summary>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Its arguments, in the order of its <c>param()</c>.</param>
    /// <returns>The objects of the pipeline.</returns>
    public IReadOnlyList<PSObject> Invoke(string script, params object?[] arguments)
    {
        ScriptResult result = Run(script, arguments);
        Assert.Empty(result.Errors);
        return result.Output;
    }

    /// <summary>Runs a script whose only output is one value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Its arguments, in the order of its <c>param()</c>.</param>
    public T Value<T>(string script, params object?[] arguments) =>
        LanguagePrimitives.ConvertTo<T>(Assert.Single(Invoke(script, arguments)));

    /// <summary>Runs a script and collects what it writes, errors included.</summary>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Its arguments, in the order of its <c>param()</c>.</param>
    public ScriptResult Run(string script, params object?[] arguments)
    {
        using System.Management.Automation.PowerShell pipeline = Create(script, arguments);
        List<PSObject> output = [];
        ErrorRecord[] terminating = [];
        try
        {
            pipeline.Invoke(null, output);
        }
        catch (RuntimeException exception)
        {
            terminating = [exception.ErrorRecord];
            StreamScan.Collect(exception.ErrorRecord);
        }

        StreamScan.Collect(output, Create);

        PSDataStreams streams = pipeline.Streams;
        return new ScriptResult(
            output,
            [.. streams.Error, .. terminating],
            [.. streams.Warning.Select(record => record.Message)],
            [.. streams.Verbose.Select(record => record.Message)],
            [.. streams.Progress]);
    }

    /// <summary>Makes a pipeline that the test runs, or stops, itself.</summary>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Its arguments, in the order of its <c>param()</c>.</param>
    public System.Management.Automation.PowerShell Create(string script, params object?[] arguments)
    {
        System.Management.Automation.PowerShell pipeline = System.Management.Automation.PowerShell.Create(_runspace);
        pipeline.AddScript(script);
        foreach (object? argument in arguments)
        {
            pipeline.AddArgument(argument);
        }

        StreamScan.Watch(pipeline.Streams);
        return pipeline;
    }

    /// <summary>What completion offers at the end of a line.</summary>
    /// <param name="line">The line.</param>
    public IReadOnlyList<string> Complete(string line)
    {
        using System.Management.Automation.PowerShell pipeline = System.Management.Automation.PowerShell.Create(_runspace);
        CommandCompletion completion = CommandCompletion.CompleteInput(line, line.Length, [], pipeline);
        return [.. completion.CompletionMatches.Select(match => match.CompletionText)];
    }

    /// <inheritdoc/>
    public void Dispose() => _runspace.Dispose();
}
