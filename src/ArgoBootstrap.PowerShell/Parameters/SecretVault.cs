using System.Management.Automation;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Asks the vaults of the module Microsoft.PowerShell.SecretManagement, where it is installed.</summary>
internal static class SecretVault
{
    private const string ModuleName = "Microsoft.PowerShell.SecretManagement";

    /// <summary>Gets a secret, in the session of the caller: a vault may ask for its password.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="vault">The vault; every one where it is <see langword="null"/>.</param>
    /// <returns>A <see cref="System.Security.SecureString"/>, a <see cref="PSCredential"/> or bytes.</returns>
    /// <exception cref="OperationException"><see cref="ErrorIds.SecretUnavailable"/>: the module is not there, or does not give the secret.</exception>
    public static object Get(string name, string? vault)
    {
        using System.Management.Automation.PowerShell pipeline = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        pipeline.AddCommand($"{ModuleName}\\Get-Secret").AddParameter("Name", name);
        // A vault that is locked or broken must not keep the next one from being asked: what the vaults say is told when none has it.
        pipeline.AddParameter("ErrorAction", ActionPreference.Continue);
        if (vault is not null)
        {
            pipeline.AddParameter("Vault", vault);
        }

        string where = vault is null ? "the registered vaults" : $"vault '{vault}'";
        try
        {
            PSObject?[] found = [.. pipeline.Invoke()];
            return found is [{ BaseObject: { } secret }] ? secret
                : found.Length == 0 && pipeline.Streams.Error.Count > 0 ? throw Refused(name, where, string.Join(" ", pipeline.Streams.Error.Select(e => e.Exception.Message).Distinct().Take(3)), pipeline.Streams.Error[0].Exception)
                : throw Unavailable($"'{name}' is {(found.Length == 0 ? "not" : "more than once")} in {where}.", "Get-SecretInfo lists what the vaults have; name one with -Vault.", null);
        }
        catch (CommandNotFoundException e)
        {
            throw Unavailable($"-SecretName needs the module {ModuleName}, which is not installed.", $"Install-PSResource {ModuleName}, and register a vault; or give the secret itself with -Credential, -Password or -PrivateKey.", e);
        }
        catch (RuntimeException e)
        {
            throw Refused(name, where, e.ErrorRecord.Exception.Message, e);
        }
    }

    private static OperationException Refused(string name, string where, string why, Exception inner) =>
        Unavailable($"'{name}' could not be had from {where}: {why}", "See that the secret is there (Get-SecretInfo), and that its vault is registered and unlocked (Get-SecretVault, Unlock-SecretVault).", inner);

    /// <summary>An error about a secret.</summary>
    /// <param name="message">What is wrong; nothing of the secret.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="inner">What was caught, if anything.</param>
    public static OperationException Unavailable(string message, string remedy, Exception? inner = null) => new(ErrorIds.SecretUnavailable, message, remedy, inner);
}
