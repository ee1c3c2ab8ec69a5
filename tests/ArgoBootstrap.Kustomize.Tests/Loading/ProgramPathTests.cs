using ArgoBootstrap.Kustomize.Loading;

namespace ArgoBootstrap.Kustomize.Tests.Loading;

public sealed class ProgramPathTests
{
    private static readonly string Shell = OperatingSystem.IsWindows() ? "cmd" : "sh";

    [Fact]
    public void Name_IsFoundInThePath()
    {
        string? found = ProgramPath.Find(Shell);

        Assert.NotNull(found);
        Assert.True(Path.IsPathFullyQualified(found) && File.Exists(found), found);
    }

    [Fact]
    public void Name_ThatOnlyTheCurrentFolderHas_IsNotFound()
    {
        string name = $"argobootstrap-program-{Guid.NewGuid():N}.exe";
        string file = Path.Combine(Environment.CurrentDirectory, name);
        File.WriteAllText(file, "#!/bin/sh\n");
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            Assert.Null(ProgramPath.Find(name));
            Assert.Equal(file, ProgramPath.Find("./" + name));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-such-program-5c1e")]
    public void Name_OfNothing_IsNotFound(string name) => Assert.Null(ProgramPath.Find(name));
}
