using System.Diagnostics;
using System.Text;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.Core.Tests.Secrets;

/// <summary>A scan that cannot fail proves nothing: it finds what is planted where it must not be.</summary>
public sealed class SecretScanTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_planted_secret_is_found_plain_and_in_base64_wherever_it_begins(int before)
    {
        string text = new string('a', before) + PlantedSecrets.Create("x");

        Assert.NotEmpty(PlantedSecrets.Find($"password={text}"));
        Assert.NotEmpty(PlantedSecrets.Find($"data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}"));
        Assert.NotEmpty(PlantedSecrets.Find(Encoding.UTF8.GetBytes(text)));
        Assert.NotEmpty(PlantedSecrets.Find(Encoding.Unicode.GetBytes(text)));
        Assert.Empty(PlantedSecrets.Find("password=*** and nothing else"));
    }

    [Fact]
    public void What_is_told_of_a_leak_is_not_another_one()
    {
        string secret = PlantedSecrets.Create("x");

        string told = Assert.Single(PlantedSecrets.Find($"token: {secret}"));

        Assert.Contains("token:", told, StringComparison.Ordinal);
        Assert.Empty(PlantedSecrets.Find(told));
        var error = Assert.Throws<InvalidOperationException>(() => SecretScan.ThrowIfAny([told]));
        Assert.Empty(PlantedSecrets.Find(error.Message));
        SecretScan.ThrowIfAny([]);
    }

    [Fact]
    public void A_file_with_a_secret_is_found_unless_it_is_an_input()
    {
        using var folder = new TemporaryFolder();
        string input = folder.Write("kubeconfig", PlantedSecrets.Create("x"));
        string leak = folder.Write("logs/run.log", PlantedSecrets.Create("x"));
        SecretScan.IsInput(input);

        string found = Assert.Single(SecretScan.InFolder(folder.Path));

        Assert.Contains("run.log", found, StringComparison.Ordinal);
        // Or the run's own scan would find it too.
        File.Delete(leak);
    }

    [Fact]
    public async Task Arguments_of_children_are_seen()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || !Directory.Exists("/proc/self"), "there is no /proc");
        string mark = "not-secret-" + Guid.NewGuid().ToString("N");
        var seen = new TaskCompletionSource<string>();
        await using var arguments = new ProcessArguments((_, line) =>
        {
            if (line.Contains(mark, StringComparison.Ordinal))
            {
                seen.TrySetResult(line);
            }
        });
        using Process child = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 30; true", mark]))!;

        string found = await seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
        child.Kill(entireProcessTree: true);
        await child.WaitForExitAsync();

        Assert.Contains(mark, found, StringComparison.Ordinal);
    }
}
