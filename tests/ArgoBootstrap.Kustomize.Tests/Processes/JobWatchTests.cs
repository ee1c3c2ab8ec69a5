using System.Runtime.InteropServices;
using ArgoBootstrap.Kustomize.Processes;

namespace ArgoBootstrap.Kustomize.Tests.Processes;

public sealed class JobWatchTests
{
    [Fact]
    public void The_limits_are_laid_out_as_windows_has_them()
    {
        Assert.SkipUnless(Environment.Is64BitProcess, "the sizes are those of 64 bits");
#pragma warning disable CA1416 // A layout is the same on every platform.
        Assert.Equal(144, Marshal.SizeOf<JobWatch.ExtendedLimits>());
        Assert.Equal(16, (int)Marshal.OffsetOf<JobWatch.ExtendedLimits>(nameof(JobWatch.ExtendedLimits.LimitFlags)));
#pragma warning restore CA1416
    }

    [Fact]
    public void Windows_gives_a_job_that_takes_a_process()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Only Windows has job objects.");

        using ProcessWatch? watch = ProcessWatch.Start();
        using System.Diagnostics.Process program = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("ping", "-n 30 127.0.0.1") { CreateNoWindow = true })!;
        watch!.Observe(program);
        watch.Dispose();

        Assert.False(program.HasExited);
        program.Kill();
    }
}
