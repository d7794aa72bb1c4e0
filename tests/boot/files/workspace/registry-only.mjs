// One dependency is named by its repository; the same is published as a package.
import { readFileSync, writeFileSync } from "node:fs";

for (const name of ["package.json", "npm-shrinkwrap.json"]) {
  const file = JSON.parse(readFileSync(name, "utf8"));
  const own = file.packages ? file.packages[""] : file;
  own.dependencies["@parcel/watcher"] = "2.5.1";
  if (file.packages) delete file.packages["node_modules/@parcel/watcher"];
  writeFileSync(name, JSON.stringify(file, null, 2));
}
