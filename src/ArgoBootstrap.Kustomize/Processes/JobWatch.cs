using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace ArgoBootstrap.Kustomize.Processes;

/// <summary>
/// The watch of Windows: a job object with JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE, whose only handle is this process's. When the process
/// dies, Windows closes the handle and ends the program with its children.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class JobWatch : ProcessWatch
{
    private const int ExtendedLimitInformation = 9;
    private const uint KillOnJobClose = 0x2000;

    private readonly SafeFileHandle _job;

    private JobWatch(SafeFileHandle job) => _job = job;

    /// <summary>Gets ready to watch over a program.</summary>
    public static JobWatch? Create()
    {
        SafeFileHandle job = CreateJobObject(IntPtr.Zero, null);
        if (!job.IsInvalid && SetFlags(job, KillOnJobClose))
        {
            return new JobWatch(job);
        }
        job.Dispose();
        return null;
    }

    /// <inheritdoc/>
    // Where the job takes no further process, nothing watches over it, as on a machine without a shell elsewhere.
    public override void Observe(Process program) => _ = AssignProcessToJobObject(_job, program.SafeHandle);

    /// <inheritdoc/>
    public override void Dispose()
    {
        // The program has ended by itself: what it has left running on purpose runs on.
        SetFlags(_job, 0);
        _job.Dispose();
    }

    private static bool SetFlags(SafeFileHandle job, uint flags)
    {
        var limits = new ExtendedLimits { LimitFlags = flags };
        return SetInformationJobObject(job, ExtendedLimitInformation, ref limits, (uint)Marshal.SizeOf<ExtendedLimits>());
    }

    [DllImport("kernel32.dll", CharSet = CharSet.Unicode), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeFileHandle CreateJobObject(IntPtr attributes, string? name);

    [DllImport("kernel32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern bool SetInformationJobObject(SafeFileHandle job, int informationClass, ref ExtendedLimits information, uint length);

    [DllImport("kernel32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern bool AssignProcessToJobObject(SafeFileHandle job, SafeProcessHandle process);

    /// <summary>JOBOBJECT_EXTENDED_LIMIT_INFORMATION of winnt.h, of which only the flags are used.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ExtendedLimits
    {
        public long PerProcessUserTimeLimit;
        public long PerJobUserTimeLimit;
        public uint LimitFlags;
        public nuint MinimumWorkingSetSize;
        public nuint MaximumWorkingSetSize;
        public uint ActiveProcessLimit;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
        public ulong ReadOperations;
        public ulong WriteOperations;
        public ulong OtherOperations;
        public ulong ReadBytes;
        public ulong WrittenBytes;
        public ulong OtherBytes;
        public nuint ProcessMemoryLimit;
        public nuint JobMemoryLimit;
        public nuint PeakProcessMemoryUsed;
        public nuint PeakJobMemoryUsed;
    }
}
