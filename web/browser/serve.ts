import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { resolve } from "node:path";

const program = resolve("../bin/codesign");

/** Runs an experiment file to its end. */
export function run(file: string, out: string) {
  execFileSync(program, ["run", file, "--out", out], { stdio: "ignore" });
}

/** Begins to run an experiment file, in a folder. */
export function begin(file: string, out: string, folder = "."): ChildProcess {
  return spawn("nice", ["-n", "19", program, "run", file, "--out", out], { stdio: "ignore", cwd: folder }); // the browser comes first
}

/** A dashboard of a folder, and the address that it says it has. */
export async function serve(folder: string, ...flags: string[]): Promise<{ url: string; server: ChildProcess }> {
  const server = spawn(program, ["serve", folder, ...flags], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise<string>((found, failed) => {
    server.on("exit", (code) => failed(new Error(`the server has ended: ${code}`)));
    server.stdout?.on("data", (text: Buffer) => {
      const at = /http:\S+/.exec(text.toString());
      if (at) found(at[0]);
    });
  });
  return { url, server };
}

/** Ends a process and waits for it. */
export async function end(child: ChildProcess | undefined) {
  if (!child || child.exitCode !== null) return;
  const ended = new Promise((done) => child.on("exit", done));
  child.kill("SIGINT");
  await ended;
}
