using System.Globalization;
using System.Management.Automation.Host;

namespace ArgoBootstrap.Shell.Hosting;

/// <summary>The host that commands see as <c>$Host</c>.</summary>
internal sealed class ShellHost : PSHost
{
    /// <summary>What the script said with <c>exit</c>, or <see langword="null"/>.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>The console.</summary>
    public ConsoleInterface Interface { get; } = new();

    /// <inheritdoc/>
    public override PSHostUserInterface UI => Interface;

    /// <inheritdoc/>
    public override string Name => "ArgoBootstrap.Shell";

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override Version Version => typeof(ShellHost).Assembly.GetName().Version ?? new Version();

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode ??= exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw new NotSupportedException("This host has no prompt.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => throw new NotSupportedException("This host has no prompt.");

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }
}
