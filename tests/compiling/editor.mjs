// Opens a rubric with the JSON language service that editors use: node editor.mjs MODULES SCHEMA RUBRIC [MARK]
// Prints the faults with line and text, and what is proposed where MARK stands in the text.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules, schemaFile, rubricFile, mark] = process.argv.slice(2);
const require = createRequire(modules + "/");
const { getLanguageService } = require("vscode-json-languageservice");
const { TextDocument } = require("vscode-languageserver-textdocument");

const text = readFileSync(rubricFile, "utf8");
const at = mark ? text.indexOf(mark) : -1;
const service = getLanguageService({ schemaRequestService: () => Promise.reject("nothing is fetched") });
const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
service.configure({ validate: true, allowComments: false, schemas: [{ uri: "scorekit://rubric", fileMatch: ["*"], schema }] });

const document = TextDocument.create("file:///rubric.json", "json", 1, mark ? text.replace(mark, "") : text);
const parsed = service.parseJSONDocument(document);
const faults = (await service.doValidation(document, parsed)).map((f) => ({
  line: f.range.start.line + 1,
  text: document.getText(f.range),
  message: f.message,
}));
const found = at < 0 ? [] : (await service.doComplete(document, document.positionAt(at), parsed)).items;
const proposals = found.map((i) => ({ label: i.label, told: typeof i.documentation === "string" ? i.documentation : i.documentation?.value, inserts: i.insertText }));
console.log(JSON.stringify({ faults, proposals }, null, 1));
