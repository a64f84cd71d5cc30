# Runs scripts one after the other, each in a fork of a Python that has its large modules imported already.
import importlib
import json
import os
import runpy
import sys
import tempfile
import traceback


def run(job):
    """The script as a process of its own would run it; does not return."""
    status = 0
    try:
        os.chdir(job["cwd"])
        if job["file"] is None:
            sys.argv, sys.path[0] = ["-"], ""
            exec(compile(job["code"], "<stdin>", "exec"), {"__name__": "__main__"})
        else:
            sys.argv, sys.path[0] = [job["file"]], os.path.dirname(os.path.abspath(job["file"]))
            runpy.run_path(job["file"], run_name="__main__")
    except SystemExit as ended:
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
        status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


for name in sys.argv[1].split(","):
    importlib.import_module(name)
for line in sys.stdin:
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            run(json.loads(line))
        _, status = os.waitpid(child, 0)
        output.seek(0)
        text = output.read().decode()
    answer = {"status": os.waitstatus_to_exitcode(status), "output": text}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
