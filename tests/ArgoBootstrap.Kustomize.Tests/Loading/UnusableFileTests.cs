using System.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Tests.Loading;

/// <summary>What stands where a file or a kustomization was expected, and how it is told.</summary>
public sealed class UnusableFileTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("unusable-file");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("settings.yaml")]
    [InlineData("kustomization.yaml")]
    public void A_named_pipe_is_refused_without_waiting_for_somebody_to_write_to_it(string pipe)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no named pipes among its files.");
        if (pipe != "kustomization.yaml")
        {
            Write("kustomization.yaml", "resources:\n- settings.yaml\n");
        }
        using (Process made = Process.Start("mkfifo", [Path.Join(_root.FullName, pipe)]))
        {
            made.WaitForExit();
            Assert.Equal(0, made.ExitCode);
        }

        Diagnostic found = Refusal();

        Assert.Equal(DiagnosticIds.FileUnreadable, found.Id);
        Assert.Contains("It is a pipe or device, not a regular file.", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_that_may_only_be_read_is_no_pipe()
    {
        Write("kustomization.yaml", "resources:\n- settings.yaml\nconfigMapGenerator:\n- name: made\n");
        Write("settings.yaml", "");
        File.SetAttributes(Path.Join(_root.FullName, "settings.yaml"), FileAttributes.ReadOnly);

        string output = new KustomizeBuilder().Build(_root.FullName).ToYaml();

        File.SetAttributes(Path.Join(_root.FullName, "settings.yaml"), FileAttributes.Normal);
        Assert.Contains("name: made-", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_called_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "To make links takes a privilege on Windows.");
        Write("kustomization.yaml", "resources:\n- settings.yaml\n");
        File.CreateSymbolicLink(Path.Join(_root.FullName, "settings.yaml"), "gone.yaml");

        Diagnostic found = Refusal();

        Assert.Equal(DiagnosticIds.FileNotFound, found.Id);
        Assert.Equal("'settings.yaml', named under 'resources', is a link to a file that does not exist.", found.Message);
        Assert.Equal((2, 3), (found.Position.Line, found.Position.Column));
    }

    [Fact]
    public void A_folder_without_a_kustomization_is_told_where_it_is_named()
    {
        Write("kustomization.yaml", "resources:\n- base\n");
        Directory.CreateDirectory(Path.Join(_root.FullName, "base"));

        Diagnostic found = Refusal();

        Assert.Equal(DiagnosticIds.KustomizationFileMissing, found.Id);
        Assert.EndsWith("kustomization.yaml:2:3", found.Position.ToString(), StringComparison.Ordinal);
        Assert.Contains("base' holds no kustomization file.", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_are_told_in_the_order_of_their_lines()
    {
        Write("kustomization.yaml", "resources: settings.yaml\nnamePrefix: [a]\nlabels: {a: b}\n");

        KustomizeException refused = Assert.Throws<KustomizeException>(() => new KustomizeBuilder().Build(_root.FullName));

        Assert.Equal([1, 2, 3], refused.Diagnostics.Select(d => d.Position.Line));
    }

    private Diagnostic Refusal() =>
        Assert.Single(Assert.Throws<KustomizeException>(() => new KustomizeBuilder().Build(_root.FullName)).Diagnostics);

    private void Write(string name, string content) => File.WriteAllText(Path.Join(_root.FullName, name), content);
}
