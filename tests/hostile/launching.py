"""Starts one command within limits and tells what it took: ``python launching.py BYTES SECONDS COMMAND…``.

The kernel hands the largest resident size of a process on to what it starts: a command that is started by a large process is
never seen to be smaller than that one. So this stands between the two, imports next to nothing, and reads the figures of its
own children. It prints on its own output: status, seconds of the processor, kilobytes at most. The command itself speaks to
``said.txt`` in the folder where it runs.
"""

import os
import resource
import sys


def main(memory: int, seconds: int, command: list[str]) -> None:
    """Start the command with so much address space and so many seconds of the processor, and print what it took."""
    process = os.fork()
    if process == 0:
        said = os.open("said.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 10))
        os.execv(command[0], command)
    _, status = os.waitpid(process, 0)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    sys.stdout.write(f"{os.waitstatus_to_exitcode(status)} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
