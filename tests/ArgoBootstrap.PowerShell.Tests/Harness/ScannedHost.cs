using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>A host without a user. What is printed, such as views of objects and what -WhatIf says, is looked through for secrets.</summary>
internal sealed class ScannedHost : PSHost
{
    public override PSHostUserInterface UI { get; } = new Screen();

    public override string Name => "ArgoBootstrap.Tests";

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override Version Version { get; } = new(1, 0);

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode)
    {
    }

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    private sealed class Screen : PSHostUserInterface
    {
        // PowerShell then takes a screen of 120 columns.
        public override PSHostRawUserInterface RawUI => null!;

        public override void Write(string value) => SecretScan.Collect("what a cmdlet prints", value);

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

        public override void WriteLine(string value) => Write(value);

        public override void WriteErrorLine(string value) => Write(value);

        public override void WriteDebugLine(string message) => Write(message);

        public override void WriteVerboseLine(string message) => Write(message);

        public override void WriteWarningLine(string message) => Write(message);

        public override void WriteProgress(long sourceId, ProgressRecord record) => Write(record.ToString());

        public override string ReadLine() => throw NobodyThere();

        public override SecureString ReadLineAsSecureString() => throw NobodyThere();

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw NobodyThere();

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw NobodyThere();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw NobodyThere();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw NobodyThere();

        private static HostException NobodyThere() => new("Nobody is there who could answer.");
    }
}
