using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using ArgoBootstrap.Shell.Hosting;

namespace ArgoBootstrap.Shell;

/// <summary>Runs what the command line asks for in a runspace with the module imported.</summary>
/// <param name="options">What to run.</param>
internal sealed class Runner(Options options)
{
    private readonly ShellHost _host = new();
    private bool _interrupted;

    /// <summary>Runs to the end, or to the first Ctrl+C.</summary>
    /// <returns>The exit code of the process.</returns>
    public int Run()
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(_host, InitialState.Create());
        runspace.Open();
        Runspace.DefaultRunspace = runspace;

        bool failed = !ImportModule(runspace) || !RunRequest(runspace);
        _host.Interface.CompleteProgress();
        return _interrupted ? ExitCodes.Interrupted
            : _host.ExitCode ?? (failed || _host.Interface.ErrorsWritten ? ExitCodes.Failure : ExitCodes.Success);
    }

    private bool ImportModule(Runspace runspace) =>
        Invoke(runspace, PowerShellScripts.ImportModule, ModuleLocator.Find()) && !_host.Interface.ErrorsWritten;

    private bool RunRequest(Runspace runspace)
    {
        if (options.Command is not null)
        {
            return Invoke(runspace, options.Command);
        }

        if (!File.Exists(options.File))
        {
            _host.Interface.WriteErrorLine($"There is no script {options.File}.");
            return false;
        }

        // Parsed here instead of called by its path: 'exit' in a script that is called only ends that script.
        ScriptBlockAst script = Parser.ParseFile(Path.GetFullPath(options.File), out _, out ParseError[] mistakes);
        foreach (ParseError mistake in mistakes)
        {
            _host.Interface.WriteErrorLine($"{options.File}:{mistake.Extent.StartLineNumber}:{mistake.Extent.StartColumnNumber}: {mistake.Message}");
        }

        ScriptArguments arguments = ScriptArguments.Parse(options.Arguments);
        return mistakes.Length == 0 && Invoke(runspace, PowerShellScripts.RunFile, script.GetScriptBlock(), arguments.Named, arguments.Positional);
    }

    private bool Invoke(Runspace runspace, string script, params object[] arguments)
    {
        if (_host.ExitCode is not null)
        {
            return true;
        }

        using PowerShell pipeline = PowerShell.Create(runspace);
        pipeline.AddScript(script);
        foreach (object argument in arguments)
        {
            pipeline.AddArgument(argument);
        }

        SendToHost(pipeline);
        using InterruptHandler handler = new(() =>
        {
            _interrupted = true;
            pipeline.BeginStop(null, null);
        });
        try
        {
            pipeline.Invoke();
            return pipeline.InvocationStateInfo.State == PSInvocationState.Completed;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException exception)
        {
            ReportError(runspace, exception.ErrorRecord);
            return false;
        }
    }

    /// <summary>Shows the error that ended a script as those that did not are shown.</summary>
    private static void ReportError(Runspace runspace, ErrorRecord record)
    {
        using PowerShell pipeline = PowerShell.Create(runspace);
        pipeline.AddScript(PowerShellScripts.WriteError).AddArgument(record);
        SendToHost(pipeline);
        pipeline.Invoke();
    }

    /// <summary>As pwsh does: errors go through the formatter as well, which writes them to standard error in order.</summary>
    private static void SendToHost(PowerShell pipeline)
    {
        pipeline.Commands.Commands[^1].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.AddCommand("Out-Default");
    }
}
