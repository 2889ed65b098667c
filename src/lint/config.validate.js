// Generated from config.schema.json by `npm run generate`; do not edit.
// config.validate.js
var validate = validate10;
var config_validate_default = validate10;
var schema11 = { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "urn:leasehold:schema:config:1", "title": "leasehold.yaml", "description": "Configuration of the leasehold linter.", "type": "object", "additionalProperties": false, "properties": { "$schema": { "description": "Where editors find this schema.", "type": "string" }, "profile": { "description": "Rule set: strict makes warnings errors and asks an enforced end of every access.", "enum": ["recommended", "strict"], "default": "recommended" }, "failOn": { "description": "Findings at or over this severity fail the run.", "enum": ["error", "warning", "note", "never"], "default": "error" }, "rules": { "description": "Severity by id of the rule; off silences it.", "type": "object", "additionalProperties": { "enum": ["off", "note", "warning", "error"] } }, "limits": { "description": "Longest terms, by what the identity has: days, or a duration such as 90d.", "type": "object", "additionalProperties": false, "properties": { "staticCredential": { "$ref": "#/definitions/term", "description": "A static credential. Default: 90 days." }, "privileged": { "$ref": "#/definitions/term", "description": "Unbounded scope or a privilege-escalation path. Default: 30 days." }, "session": { "$ref": "#/definitions/term", "description": "Any other access. Default: 365 days." }, "waiver": { "$ref": "#/definitions/term", "description": "A waiver, from now on: who accepts a risk decides again after that. Default: 365 days." } } }, "keys": { "description": "Tag and label keys that count beside the built-in ones, and before them.", "type": "object", "additionalProperties": false, "properties": { "owner": { "$ref": "#/definitions/texts" }, "expiry": { "$ref": "#/definitions/texts" }, "purpose": { "$ref": "#/definitions/texts" }, "package": { "$ref": "#/definitions/texts" } } }, "owners": { "description": "The owner directory: an owner outside of it is invalid. Needs file or list.", "type": "object", "additionalProperties": false, "properties": { "file": { "description": "A YAML or JSON list, a CSV file with a header, or a CODEOWNERS file; relative to this file.", "$ref": "#/definitions/text" }, "list": { "type": "array", "minItems": 1, "items": { "$ref": "#/definitions/owner" } }, "offboarded": { "description": "Who has left, or was dissolved: never valid, whatever the directory says.", "$ref": "#/definitions/texts" } } }, "accounts": { "description": "AWS accounts of your own, or trusted like them.", "type": "array", "items": { "type": ["string", "object"], "pattern": "^[0-9]{12}$", "examples": ["'123456789012'"], "required": ["id"], "additionalProperties": false, "properties": { "id": { "type": "string", "pattern": "^[0-9]{12}$", "examples": ["'123456789012'"] }, "name": { "$ref": "#/definitions/text" } } } }, "tenants": { "description": "Microsoft Entra tenants of your own, or trusted like them: ids or domains.", "type": "array", "items": { "type": ["string", "object"], "pattern": "^[0-9A-Za-z.-]{1,255}$", "examples": ["3d2f6c1e-8a49-4b7d-9f57-0c5e1a2b3c4d"], "required": ["id"], "additionalProperties": false, "properties": { "id": { "type": "string", "pattern": "^[0-9A-Za-z.-]{1,255}$", "examples": ["3d2f6c1e-8a49-4b7d-9f57-0c5e1a2b3c4d"] }, "name": { "$ref": "#/definitions/text" } } } }, "environments": { "description": "What belongs to which environment, by the environment's name, beside the usual words (prod, staging, dev) in tags and in the subjects of tokens. An identity that serves two of them is shared.", "type": "object", "additionalProperties": { "type": "object", "additionalProperties": false, "minProperties": 1, "properties": { "accounts": { "description": "AWS accounts.", "$ref": "#/definitions/accounts" }, "subscriptions": { "description": "Azure subscription ids.", "$ref": "#/definitions/texts" }, "projects": { "description": "Google project ids.", "$ref": "#/definitions/texts" }, "namespaces": { "description": "Kubernetes namespaces.", "$ref": "#/definitions/texts" }, "values": { "description": "Values of the tags environment, env and stage, and names in subjects of tokens.", "$ref": "#/definitions/texts" }, "names": { "description": "Names of resources; * is any text.", "$ref": "#/definitions/globs" } } } }, "vendors": { "description": "Third parties that may come in, each with somebody inside who answers for it, until its contract ends.", "type": "array", "items": { "type": "object", "required": ["name", "owner", "ends"], "additionalProperties": false, "properties": { "name": { "$ref": "#/definitions/text" }, "accounts": { "description": "Its AWS accounts.", "$ref": "#/definitions/accounts" }, "tenants": { "description": "Its Microsoft Entra tenants.", "$ref": "#/definitions/texts" }, "apps": { "description": "Client ids of its Entra applications.", "$ref": "#/definitions/texts" }, "issuers": { "description": "Addresses at which it issues tokens: oidc.vendor.example.", "$ref": "#/definitions/texts" }, "owner": { "description": "Who inside answers for it.", "$ref": "#/definitions/text" }, "ends": { "description": "Last day of the contract, UTC. Access after it is a finding.", "type": "string", "examples": ["2027-03-31"] }, "data": { "description": "Class of the data it may see.", "$ref": "#/definitions/text" } } } }, "packages": { "description": "Access packages: what identities in one owe stands here once.", "type": "array", "items": { "type": "object", "required": ["name"], "additionalProperties": false, "properties": { "name": { "description": "As in the tag leasehold:package.", "$ref": "#/definitions/text" }, "match": { "description": "Addresses of resources that belong to it; * is any text within a dotted part, ** any text.", "$ref": "#/definitions/globs" }, "owner": { "$ref": "#/definitions/text" }, "expires": { "description": "A date (end of that day, UTC) or a duration such as 90d.", "type": "string", "examples": ["2027-03-31"] }, "purpose": { "$ref": "#/definitions/text" } } } }, "customRules": { "description": "Rules of your own, beside the built-in ones.", "type": "object", "additionalProperties": false, "properties": { "modules": { "description": "Files that export one rule or a list of rules by default: .js, .mjs, or .ts from Node 22.18 on; relative to this file. Their code is run.", "$ref": "#/definitions/texts" }, "expressions": { "description": "Rules as one CEL expression over the access graph.", "type": "array", "minItems": 1, "items": { "type": "object", "required": ["id", "title", "category", "for", "deny", "message"], "additionalProperties": false, "properties": { "id": { "description": "Two words or more, with hyphens.", "type": "string", "pattern": "^[a-z][a-z0-9]{0,60}(-[a-z0-9]{1,60}){1,10}$", "examples": ["role-name-has-team"] }, "title": { "description": "The defect, as a heading.", "$ref": "#/definitions/text" }, "category": { "description": "One that leasehold knows; `leasehold rules` lists them.", "$ref": "#/definitions/text" }, "severity": { "enum": ["error", "warning", "note"], "default": "error" }, "for": { "description": "What the expression looks at, one by one.", "enum": ["identities", "credentials", "ways", "grants"] }, "deny": { "description": "True for what is to be rejected.", "$ref": "#/definitions/text" }, "message": { "description": "What is wrong, in one sentence.", "$ref": "#/definitions/text" }, "why": { "$ref": "#/definitions/text" }, "fix": { "$ref": "#/definitions/text" }, "frameworks": { "$ref": "#/definitions/texts" } } } } } }, "baseline": { "description": "Known findings, as `leasehold baseline` writes them; relative to this file.", "$ref": "#/definitions/text" }, "waiversInCode": { "description": "Whether waivers that constructs write next to the code hold when their plan is judged. They come with the pull request.", "type": "boolean", "default": false }, "waivers": { "description": "Findings accepted for a time. One that has expired or matches nothing is a finding itself.", "type": "array", "items": { "type": "object", "required": ["rule", "address", "reason", "owner", "expires"], "additionalProperties": false, "properties": { "rule": { "description": "Id of a rule, or a category.", "$ref": "#/definitions/text" }, "address": { "description": "Address of the resource or its identity; * is any text within a dotted part, ** any text.", "$ref": "#/definitions/glob" }, "reason": { "description": "Why the risk is accepted.", "$ref": "#/definitions/text" }, "owner": { "description": "Who accepts it.", "$ref": "#/definitions/text" }, "expires": { "description": "Last day, UTC.", "type": "string", "examples": ["2027-03-31"] }, "controls": { "description": "What limits the risk until then.", "$ref": "#/definitions/texts" }, "ticket": { "$ref": "#/definitions/text" }, "retires": { "description": "For a legacy exception: the day its subject will be gone. Needs controls; the waiver may not outlast it.", "type": "string", "examples": ["2028-06-30"] } } } } }, "definitions": { "text": { "type": "string", "pattern": "\\S" }, "texts": { "type": "array", "minItems": 1, "items": { "$ref": "#/definitions/text" } }, "accounts": { "type": "array", "minItems": 1, "items": { "type": "string", "pattern": "^[0-9]{12}$", "examples": ["'123456789012'"] } }, "glob": { "type": "string", "pattern": "^\\S.{0,999}$", "examples": ["module.team*.aws_iam_role.*"] }, "globs": { "type": "array", "minItems": 1, "items": { "$ref": "#/definitions/glob" } }, "term": { "type": ["number", "string"], "exclusiveMinimum": 0, "maximum": 36500, "examples": ["90d"] }, "owner": { "description": "A person, team or mailbox: one name, or an object with all its names.", "type": ["string", "object"], "pattern": "\\S", "minProperties": 1, "additionalProperties": false, "properties": { "name": { "$ref": "#/definitions/text" }, "email": { "$ref": "#/definitions/text" }, "team": { "$ref": "#/definitions/text" }, "aliases": { "$ref": "#/definitions/texts" } } } } };
var schema12 = { "type": ["number", "string"], "exclusiveMinimum": 0, "maximum": 36500, "examples": ["90d"] };
var func2 = Object.prototype.hasOwnProperty;
var pattern0 = new RegExp("\\S", "u");
function validate11(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (Array.isArray(data)) {
    if (data.length < 1) {
      const err0 = { instancePath, schemaPath: "#/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    const len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      let data0 = data[i0];
      if (typeof data0 === "string") {
        if (!pattern0.test(data0)) {
          const err1 = { instancePath: instancePath + "/" + i0, schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = { instancePath: instancePath + "/" + i0, schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
  } else {
    const err3 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "array" }, message: "must be array" };
    if (vErrors === null) {
      vErrors = [err3];
    } else {
      vErrors.push(err3);
    }
    errors++;
  }
  validate11.errors = vErrors;
  return errors === 0;
}
var schema19 = { "description": "A person, team or mailbox: one name, or an object with all its names.", "type": ["string", "object"], "pattern": "\\S", "minProperties": 1, "additionalProperties": false, "properties": { "name": { "$ref": "#/definitions/text" }, "email": { "$ref": "#/definitions/text" }, "team": { "$ref": "#/definitions/text" }, "aliases": { "$ref": "#/definitions/texts" } } };
function validate16(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data !== "string" && !(data && typeof data == "object" && !Array.isArray(data))) {
    const err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: schema19.type }, message: "must be string,object" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (typeof data === "string") {
    if (!pattern0.test(data)) {
      const err1 = { instancePath, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length < 1) {
      const err2 = { instancePath, schemaPath: "#/minProperties", keyword: "minProperties", params: { limit: 1 }, message: "must NOT have fewer than 1 properties" };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "name" || key0 === "email" || key0 === "team" || key0 === "aliases")) {
        const err3 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.name !== void 0) {
      let data0 = data.name;
      if (typeof data0 === "string") {
        if (!pattern0.test(data0)) {
          const err4 = { instancePath: instancePath + "/name", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/name", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.email !== void 0) {
      let data1 = data.email;
      if (typeof data1 === "string") {
        if (!pattern0.test(data1)) {
          const err6 = { instancePath: instancePath + "/email", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      } else {
        const err7 = { instancePath: instancePath + "/email", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.team !== void 0) {
      let data2 = data.team;
      if (typeof data2 === "string") {
        if (!pattern0.test(data2)) {
          const err8 = { instancePath: instancePath + "/team", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = { instancePath: instancePath + "/team", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.aliases !== void 0) {
      if (!validate11(data.aliases, { instancePath: instancePath + "/aliases", parentData: data, parentDataProperty: "aliases", rootData })) {
        vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
        errors = vErrors.length;
      }
    }
  }
  validate16.errors = vErrors;
  return errors === 0;
}
var pattern13 = new RegExp("^\\S.{0,999}$", "u");
function validate24(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (Array.isArray(data)) {
    if (data.length < 1) {
      const err0 = { instancePath, schemaPath: "#/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    const len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      let data0 = data[i0];
      if (typeof data0 === "string") {
        if (!pattern13.test(data0)) {
          const err1 = { instancePath: instancePath + "/" + i0, schemaPath: "#/definitions/glob/pattern", keyword: "pattern", params: { pattern: "^\\S.{0,999}$" }, message: 'must match pattern "^\\S.{0,999}$"' };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = { instancePath: instancePath + "/" + i0, schemaPath: "#/definitions/glob/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
  } else {
    const err3 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "array" }, message: "must be array" };
    if (vErrors === null) {
      vErrors = [err3];
    } else {
      vErrors.push(err3);
    }
    errors++;
  }
  validate24.errors = vErrors;
  return errors === 0;
}
var pattern6 = new RegExp("^[0-9]{12}$", "u");
var pattern9 = new RegExp("^[0-9A-Za-z.-]{1,255}$", "u");
var pattern21 = new RegExp("^[a-z][a-z0-9]{0,60}(-[a-z0-9]{1,60}){1,10}$", "u");
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  ;
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!func2.call(schema11.properties, key0)) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.$schema !== void 0) {
      if (typeof data.$schema !== "string") {
        const err1 = { instancePath: instancePath + "/$schema", schemaPath: "#/properties/%24schema/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.profile !== void 0) {
      let data1 = data.profile;
      if (!(data1 === "recommended" || data1 === "strict")) {
        const err2 = { instancePath: instancePath + "/profile", schemaPath: "#/properties/profile/enum", keyword: "enum", params: { allowedValues: schema11.properties.profile.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.failOn !== void 0) {
      let data2 = data.failOn;
      if (!(data2 === "error" || data2 === "warning" || data2 === "note" || data2 === "never")) {
        const err3 = { instancePath: instancePath + "/failOn", schemaPath: "#/properties/failOn/enum", keyword: "enum", params: { allowedValues: schema11.properties.failOn.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.rules !== void 0) {
      let data3 = data.rules;
      if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
        for (const key1 in data3) {
          let data4 = data3[key1];
          if (!(data4 === "off" || data4 === "note" || data4 === "warning" || data4 === "error")) {
            const err4 = { instancePath: instancePath + "/rules/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/rules/additionalProperties/enum", keyword: "enum", params: { allowedValues: schema11.properties.rules.additionalProperties.enum }, message: "must be equal to one of the allowed values" };
            if (vErrors === null) {
              vErrors = [err4];
            } else {
              vErrors.push(err4);
            }
            errors++;
          }
        }
      } else {
        const err5 = { instancePath: instancePath + "/rules", schemaPath: "#/properties/rules/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.limits !== void 0) {
      let data5 = data.limits;
      if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
        for (const key2 in data5) {
          if (!(key2 === "staticCredential" || key2 === "privileged" || key2 === "session" || key2 === "waiver")) {
            const err6 = { instancePath: instancePath + "/limits", schemaPath: "#/properties/limits/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
        }
        if (data5.staticCredential !== void 0) {
          let data6 = data5.staticCredential;
          if (!(typeof data6 == "number" && isFinite(data6)) && typeof data6 !== "string") {
            const err7 = { instancePath: instancePath + "/limits/staticCredential", schemaPath: "#/definitions/term/type", keyword: "type", params: { type: schema12.type }, message: "must be number,string" };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
          if (typeof data6 == "number" && isFinite(data6)) {
            if (data6 > 36500 || isNaN(data6)) {
              const err8 = { instancePath: instancePath + "/limits/staticCredential", schemaPath: "#/definitions/term/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36500 }, message: "must be <= 36500" };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
            if (data6 <= 0 || isNaN(data6)) {
              const err9 = { instancePath: instancePath + "/limits/staticCredential", schemaPath: "#/definitions/term/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" };
              if (vErrors === null) {
                vErrors = [err9];
              } else {
                vErrors.push(err9);
              }
              errors++;
            }
          }
        }
        if (data5.privileged !== void 0) {
          let data7 = data5.privileged;
          if (!(typeof data7 == "number" && isFinite(data7)) && typeof data7 !== "string") {
            const err10 = { instancePath: instancePath + "/limits/privileged", schemaPath: "#/definitions/term/type", keyword: "type", params: { type: schema12.type }, message: "must be number,string" };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
          if (typeof data7 == "number" && isFinite(data7)) {
            if (data7 > 36500 || isNaN(data7)) {
              const err11 = { instancePath: instancePath + "/limits/privileged", schemaPath: "#/definitions/term/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36500 }, message: "must be <= 36500" };
              if (vErrors === null) {
                vErrors = [err11];
              } else {
                vErrors.push(err11);
              }
              errors++;
            }
            if (data7 <= 0 || isNaN(data7)) {
              const err12 = { instancePath: instancePath + "/limits/privileged", schemaPath: "#/definitions/term/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" };
              if (vErrors === null) {
                vErrors = [err12];
              } else {
                vErrors.push(err12);
              }
              errors++;
            }
          }
        }
        if (data5.session !== void 0) {
          let data8 = data5.session;
          if (!(typeof data8 == "number" && isFinite(data8)) && typeof data8 !== "string") {
            const err13 = { instancePath: instancePath + "/limits/session", schemaPath: "#/definitions/term/type", keyword: "type", params: { type: schema12.type }, message: "must be number,string" };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
          if (typeof data8 == "number" && isFinite(data8)) {
            if (data8 > 36500 || isNaN(data8)) {
              const err14 = { instancePath: instancePath + "/limits/session", schemaPath: "#/definitions/term/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36500 }, message: "must be <= 36500" };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
            if (data8 <= 0 || isNaN(data8)) {
              const err15 = { instancePath: instancePath + "/limits/session", schemaPath: "#/definitions/term/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" };
              if (vErrors === null) {
                vErrors = [err15];
              } else {
                vErrors.push(err15);
              }
              errors++;
            }
          }
        }
        if (data5.waiver !== void 0) {
          let data9 = data5.waiver;
          if (!(typeof data9 == "number" && isFinite(data9)) && typeof data9 !== "string") {
            const err16 = { instancePath: instancePath + "/limits/waiver", schemaPath: "#/definitions/term/type", keyword: "type", params: { type: schema12.type }, message: "must be number,string" };
            if (vErrors === null) {
              vErrors = [err16];
            } else {
              vErrors.push(err16);
            }
            errors++;
          }
          if (typeof data9 == "number" && isFinite(data9)) {
            if (data9 > 36500 || isNaN(data9)) {
              const err17 = { instancePath: instancePath + "/limits/waiver", schemaPath: "#/definitions/term/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36500 }, message: "must be <= 36500" };
              if (vErrors === null) {
                vErrors = [err17];
              } else {
                vErrors.push(err17);
              }
              errors++;
            }
            if (data9 <= 0 || isNaN(data9)) {
              const err18 = { instancePath: instancePath + "/limits/waiver", schemaPath: "#/definitions/term/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" };
              if (vErrors === null) {
                vErrors = [err18];
              } else {
                vErrors.push(err18);
              }
              errors++;
            }
          }
        }
      } else {
        const err19 = { instancePath: instancePath + "/limits", schemaPath: "#/properties/limits/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
    if (data.keys !== void 0) {
      let data10 = data.keys;
      if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
        for (const key3 in data10) {
          if (!(key3 === "owner" || key3 === "expiry" || key3 === "purpose" || key3 === "package")) {
            const err20 = { instancePath: instancePath + "/keys", schemaPath: "#/properties/keys/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err20];
            } else {
              vErrors.push(err20);
            }
            errors++;
          }
        }
        if (data10.owner !== void 0) {
          if (!validate11(data10.owner, { instancePath: instancePath + "/keys/owner", parentData: data10, parentDataProperty: "owner", rootData })) {
            vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
            errors = vErrors.length;
          }
        }
        if (data10.expiry !== void 0) {
          if (!validate11(data10.expiry, { instancePath: instancePath + "/keys/expiry", parentData: data10, parentDataProperty: "expiry", rootData })) {
            vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
            errors = vErrors.length;
          }
        }
        if (data10.purpose !== void 0) {
          if (!validate11(data10.purpose, { instancePath: instancePath + "/keys/purpose", parentData: data10, parentDataProperty: "purpose", rootData })) {
            vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
            errors = vErrors.length;
          }
        }
        if (data10.package !== void 0) {
          if (!validate11(data10.package, { instancePath: instancePath + "/keys/package", parentData: data10, parentDataProperty: "package", rootData })) {
            vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err21 = { instancePath: instancePath + "/keys", schemaPath: "#/properties/keys/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
    }
    if (data.owners !== void 0) {
      let data15 = data.owners;
      if (data15 && typeof data15 == "object" && !Array.isArray(data15)) {
        for (const key4 in data15) {
          if (!(key4 === "file" || key4 === "list" || key4 === "offboarded")) {
            const err22 = { instancePath: instancePath + "/owners", schemaPath: "#/properties/owners/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err22];
            } else {
              vErrors.push(err22);
            }
            errors++;
          }
        }
        if (data15.file !== void 0) {
          let data16 = data15.file;
          if (typeof data16 === "string") {
            if (!pattern0.test(data16)) {
              const err23 = { instancePath: instancePath + "/owners/file", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
              if (vErrors === null) {
                vErrors = [err23];
              } else {
                vErrors.push(err23);
              }
              errors++;
            }
          } else {
            const err24 = { instancePath: instancePath + "/owners/file", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err24];
            } else {
              vErrors.push(err24);
            }
            errors++;
          }
        }
        if (data15.list !== void 0) {
          let data17 = data15.list;
          if (Array.isArray(data17)) {
            if (data17.length < 1) {
              const err25 = { instancePath: instancePath + "/owners/list", schemaPath: "#/properties/owners/properties/list/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" };
              if (vErrors === null) {
                vErrors = [err25];
              } else {
                vErrors.push(err25);
              }
              errors++;
            }
            const len0 = data17.length;
            for (let i0 = 0; i0 < len0; i0++) {
              if (!validate16(data17[i0], { instancePath: instancePath + "/owners/list/" + i0, parentData: data17, parentDataProperty: i0, rootData })) {
                vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err26 = { instancePath: instancePath + "/owners/list", schemaPath: "#/properties/owners/properties/list/type", keyword: "type", params: { type: "array" }, message: "must be array" };
            if (vErrors === null) {
              vErrors = [err26];
            } else {
              vErrors.push(err26);
            }
            errors++;
          }
        }
        if (data15.offboarded !== void 0) {
          if (!validate11(data15.offboarded, { instancePath: instancePath + "/owners/offboarded", parentData: data15, parentDataProperty: "offboarded", rootData })) {
            vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err27 = { instancePath: instancePath + "/owners", schemaPath: "#/properties/owners/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err27];
        } else {
          vErrors.push(err27);
        }
        errors++;
      }
    }
    if (data.accounts !== void 0) {
      let data20 = data.accounts;
      if (Array.isArray(data20)) {
        const len1 = data20.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data21 = data20[i1];
          if (typeof data21 !== "string" && !(data21 && typeof data21 == "object" && !Array.isArray(data21))) {
            const err28 = { instancePath: instancePath + "/accounts/" + i1, schemaPath: "#/properties/accounts/items/type", keyword: "type", params: { type: schema11.properties.accounts.items.type }, message: "must be string,object" };
            if (vErrors === null) {
              vErrors = [err28];
            } else {
              vErrors.push(err28);
            }
            errors++;
          }
          if (typeof data21 === "string") {
            if (!pattern6.test(data21)) {
              const err29 = { instancePath: instancePath + "/accounts/" + i1, schemaPath: "#/properties/accounts/items/pattern", keyword: "pattern", params: { pattern: "^[0-9]{12}$" }, message: 'must match pattern "^[0-9]{12}$"' };
              if (vErrors === null) {
                vErrors = [err29];
              } else {
                vErrors.push(err29);
              }
              errors++;
            }
          }
          if (data21 && typeof data21 == "object" && !Array.isArray(data21)) {
            if (data21.id === void 0) {
              const err30 = { instancePath: instancePath + "/accounts/" + i1, schemaPath: "#/properties/accounts/items/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'" };
              if (vErrors === null) {
                vErrors = [err30];
              } else {
                vErrors.push(err30);
              }
              errors++;
            }
            for (const key5 in data21) {
              if (!(key5 === "id" || key5 === "name")) {
                const err31 = { instancePath: instancePath + "/accounts/" + i1, schemaPath: "#/properties/accounts/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err31];
                } else {
                  vErrors.push(err31);
                }
                errors++;
              }
            }
            if (data21.id !== void 0) {
              let data22 = data21.id;
              if (typeof data22 === "string") {
                if (!pattern6.test(data22)) {
                  const err32 = { instancePath: instancePath + "/accounts/" + i1 + "/id", schemaPath: "#/properties/accounts/items/properties/id/pattern", keyword: "pattern", params: { pattern: "^[0-9]{12}$" }, message: 'must match pattern "^[0-9]{12}$"' };
                  if (vErrors === null) {
                    vErrors = [err32];
                  } else {
                    vErrors.push(err32);
                  }
                  errors++;
                }
              } else {
                const err33 = { instancePath: instancePath + "/accounts/" + i1 + "/id", schemaPath: "#/properties/accounts/items/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err33];
                } else {
                  vErrors.push(err33);
                }
                errors++;
              }
            }
            if (data21.name !== void 0) {
              let data23 = data21.name;
              if (typeof data23 === "string") {
                if (!pattern0.test(data23)) {
                  const err34 = { instancePath: instancePath + "/accounts/" + i1 + "/name", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                  if (vErrors === null) {
                    vErrors = [err34];
                  } else {
                    vErrors.push(err34);
                  }
                  errors++;
                }
              } else {
                const err35 = { instancePath: instancePath + "/accounts/" + i1 + "/name", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err35];
                } else {
                  vErrors.push(err35);
                }
                errors++;
              }
            }
          }
        }
      } else {
        const err36 = { instancePath: instancePath + "/accounts", schemaPath: "#/properties/accounts/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err36];
        } else {
          vErrors.push(err36);
        }
        errors++;
      }
    }
    if (data.tenants !== void 0) {
      let data24 = data.tenants;
      if (Array.isArray(data24)) {
        const len2 = data24.length;
        for (let i2 = 0; i2 < len2; i2++) {
          let data25 = data24[i2];
          if (typeof data25 !== "string" && !(data25 && typeof data25 == "object" && !Array.isArray(data25))) {
            const err37 = { instancePath: instancePath + "/tenants/" + i2, schemaPath: "#/properties/tenants/items/type", keyword: "type", params: { type: schema11.properties.tenants.items.type }, message: "must be string,object" };
            if (vErrors === null) {
              vErrors = [err37];
            } else {
              vErrors.push(err37);
            }
            errors++;
          }
          if (typeof data25 === "string") {
            if (!pattern9.test(data25)) {
              const err38 = { instancePath: instancePath + "/tenants/" + i2, schemaPath: "#/properties/tenants/items/pattern", keyword: "pattern", params: { pattern: "^[0-9A-Za-z.-]{1,255}$" }, message: 'must match pattern "^[0-9A-Za-z.-]{1,255}$"' };
              if (vErrors === null) {
                vErrors = [err38];
              } else {
                vErrors.push(err38);
              }
              errors++;
            }
          }
          if (data25 && typeof data25 == "object" && !Array.isArray(data25)) {
            if (data25.id === void 0) {
              const err39 = { instancePath: instancePath + "/tenants/" + i2, schemaPath: "#/properties/tenants/items/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'" };
              if (vErrors === null) {
                vErrors = [err39];
              } else {
                vErrors.push(err39);
              }
              errors++;
            }
            for (const key6 in data25) {
              if (!(key6 === "id" || key6 === "name")) {
                const err40 = { instancePath: instancePath + "/tenants/" + i2, schemaPath: "#/properties/tenants/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err40];
                } else {
                  vErrors.push(err40);
                }
                errors++;
              }
            }
            if (data25.id !== void 0) {
              let data26 = data25.id;
              if (typeof data26 === "string") {
                if (!pattern9.test(data26)) {
                  const err41 = { instancePath: instancePath + "/tenants/" + i2 + "/id", schemaPath: "#/properties/tenants/items/properties/id/pattern", keyword: "pattern", params: { pattern: "^[0-9A-Za-z.-]{1,255}$" }, message: 'must match pattern "^[0-9A-Za-z.-]{1,255}$"' };
                  if (vErrors === null) {
                    vErrors = [err41];
                  } else {
                    vErrors.push(err41);
                  }
                  errors++;
                }
              } else {
                const err42 = { instancePath: instancePath + "/tenants/" + i2 + "/id", schemaPath: "#/properties/tenants/items/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err42];
                } else {
                  vErrors.push(err42);
                }
                errors++;
              }
            }
            if (data25.name !== void 0) {
              let data27 = data25.name;
              if (typeof data27 === "string") {
                if (!pattern0.test(data27)) {
                  const err43 = { instancePath: instancePath + "/tenants/" + i2 + "/name", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                  if (vErrors === null) {
                    vErrors = [err43];
                  } else {
                    vErrors.push(err43);
                  }
                  errors++;
                }
              } else {
                const err44 = { instancePath: instancePath + "/tenants/" + i2 + "/name", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err44];
                } else {
                  vErrors.push(err44);
                }
                errors++;
              }
            }
          }
        }
      } else {
        const err45 = { instancePath: instancePath + "/tenants", schemaPath: "#/properties/tenants/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err45];
        } else {
          vErrors.push(err45);
        }
        errors++;
      }
    }
    if (data.environments !== void 0) {
      let data28 = data.environments;
      if (data28 && typeof data28 == "object" && !Array.isArray(data28)) {
        for (const key7 in data28) {
          let data29 = data28[key7];
          if (data29 && typeof data29 == "object" && !Array.isArray(data29)) {
            if (Object.keys(data29).length < 1) {
              const err46 = { instancePath: instancePath + "/environments/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/environments/additionalProperties/minProperties", keyword: "minProperties", params: { limit: 1 }, message: "must NOT have fewer than 1 properties" };
              if (vErrors === null) {
                vErrors = [err46];
              } else {
                vErrors.push(err46);
              }
              errors++;
            }
            for (const key8 in data29) {
              if (!(key8 === "accounts" || key8 === "subscriptions" || key8 === "projects" || key8 === "namespaces" || key8 === "values" || key8 === "names")) {
                const err47 = { instancePath: instancePath + "/environments/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/environments/additionalProperties/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err47];
                } else {
                  vErrors.push(err47);
                }
                errors++;
              }
            }
            if (data29.accounts !== void 0) {
              let data30 = data29.accounts;
              if (Array.isArray(data30)) {
                if (data30.length < 1) {
                  const err48 = { instancePath: instancePath + "/environments/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/accounts", schemaPath: "#/definitions/accounts/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" };
                  if (vErrors === null) {
                    vErrors = [err48];
                  } else {
                    vErrors.push(err48);
                  }
                  errors++;
                }
                const len3 = data30.length;
                for (let i3 = 0; i3 < len3; i3++) {
                  let data31 = data30[i3];
                  if (typeof data31 === "string") {
                    if (!pattern6.test(data31)) {
                      const err49 = { instancePath: instancePath + "/environments/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/accounts/" + i3, schemaPath: "#/definitions/accounts/items/pattern", keyword: "pattern", params: { pattern: "^[0-9]{12}$" }, message: 'must match pattern "^[0-9]{12}$"' };
                      if (vErrors === null) {
                        vErrors = [err49];
                      } else {
                        vErrors.push(err49);
                      }
                      errors++;
                    }
                  } else {
                    const err50 = { instancePath: instancePath + "/environments/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/accounts/" + i3, schemaPath: "#/definitions/accounts/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err50];
                    } else {
                      vErrors.push(err50);
                    }
                    errors++;
                  }
                }
              } else {
                const err51 = { instancePath: instancePath + "/environments/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/accounts", schemaPath: "#/definitions/accounts/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err51];
                } else {
                  vErrors.push(err51);
                }
                errors++;
              }
            }
            if (data29.subscriptions !== void 0) {
              if (!validate11(data29.subscriptions, { instancePath: instancePath + "/environments/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/subscriptions", parentData: data29, parentDataProperty: "subscriptions", rootData })) {
                vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
                errors = vErrors.length;
              }
            }
            if (data29.projects !== void 0) {
              if (!validate11(data29.projects, { instancePath: instancePath + "/environments/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/projects", parentData: data29, parentDataProperty: "projects", rootData })) {
                vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
                errors = vErrors.length;
              }
            }
            if (data29.namespaces !== void 0) {
              if (!validate11(data29.namespaces, { instancePath: instancePath + "/environments/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/namespaces", parentData: data29, parentDataProperty: "namespaces", rootData })) {
                vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
                errors = vErrors.length;
              }
            }
            if (data29.values !== void 0) {
              if (!validate11(data29.values, { instancePath: instancePath + "/environments/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/values", parentData: data29, parentDataProperty: "values", rootData })) {
                vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
                errors = vErrors.length;
              }
            }
            if (data29.names !== void 0) {
              if (!validate24(data29.names, { instancePath: instancePath + "/environments/" + key7.replace(/~/g, "~0").replace(/\//g, "~1") + "/names", parentData: data29, parentDataProperty: "names", rootData })) {
                vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err52 = { instancePath: instancePath + "/environments/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/environments/additionalProperties/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err52];
            } else {
              vErrors.push(err52);
            }
            errors++;
          }
        }
      } else {
        const err53 = { instancePath: instancePath + "/environments", schemaPath: "#/properties/environments/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err53];
        } else {
          vErrors.push(err53);
        }
        errors++;
      }
    }
    if (data.vendors !== void 0) {
      let data37 = data.vendors;
      if (Array.isArray(data37)) {
        const len4 = data37.length;
        for (let i4 = 0; i4 < len4; i4++) {
          let data38 = data37[i4];
          if (data38 && typeof data38 == "object" && !Array.isArray(data38)) {
            if (data38.name === void 0) {
              const err54 = { instancePath: instancePath + "/vendors/" + i4, schemaPath: "#/properties/vendors/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
              if (vErrors === null) {
                vErrors = [err54];
              } else {
                vErrors.push(err54);
              }
              errors++;
            }
            if (data38.owner === void 0) {
              const err55 = { instancePath: instancePath + "/vendors/" + i4, schemaPath: "#/properties/vendors/items/required", keyword: "required", params: { missingProperty: "owner" }, message: "must have required property 'owner'" };
              if (vErrors === null) {
                vErrors = [err55];
              } else {
                vErrors.push(err55);
              }
              errors++;
            }
            if (data38.ends === void 0) {
              const err56 = { instancePath: instancePath + "/vendors/" + i4, schemaPath: "#/properties/vendors/items/required", keyword: "required", params: { missingProperty: "ends" }, message: "must have required property 'ends'" };
              if (vErrors === null) {
                vErrors = [err56];
              } else {
                vErrors.push(err56);
              }
              errors++;
            }
            for (const key9 in data38) {
              if (!(key9 === "name" || key9 === "accounts" || key9 === "tenants" || key9 === "apps" || key9 === "issuers" || key9 === "owner" || key9 === "ends" || key9 === "data")) {
                const err57 = { instancePath: instancePath + "/vendors/" + i4, schemaPath: "#/properties/vendors/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key9 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err57];
                } else {
                  vErrors.push(err57);
                }
                errors++;
              }
            }
            if (data38.name !== void 0) {
              let data39 = data38.name;
              if (typeof data39 === "string") {
                if (!pattern0.test(data39)) {
                  const err58 = { instancePath: instancePath + "/vendors/" + i4 + "/name", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                  if (vErrors === null) {
                    vErrors = [err58];
                  } else {
                    vErrors.push(err58);
                  }
                  errors++;
                }
              } else {
                const err59 = { instancePath: instancePath + "/vendors/" + i4 + "/name", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err59];
                } else {
                  vErrors.push(err59);
                }
                errors++;
              }
            }
            if (data38.accounts !== void 0) {
              let data40 = data38.accounts;
              if (Array.isArray(data40)) {
                if (data40.length < 1) {
                  const err60 = { instancePath: instancePath + "/vendors/" + i4 + "/accounts", schemaPath: "#/definitions/accounts/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" };
                  if (vErrors === null) {
                    vErrors = [err60];
                  } else {
                    vErrors.push(err60);
                  }
                  errors++;
                }
                const len5 = data40.length;
                for (let i5 = 0; i5 < len5; i5++) {
                  let data41 = data40[i5];
                  if (typeof data41 === "string") {
                    if (!pattern6.test(data41)) {
                      const err61 = { instancePath: instancePath + "/vendors/" + i4 + "/accounts/" + i5, schemaPath: "#/definitions/accounts/items/pattern", keyword: "pattern", params: { pattern: "^[0-9]{12}$" }, message: 'must match pattern "^[0-9]{12}$"' };
                      if (vErrors === null) {
                        vErrors = [err61];
                      } else {
                        vErrors.push(err61);
                      }
                      errors++;
                    }
                  } else {
                    const err62 = { instancePath: instancePath + "/vendors/" + i4 + "/accounts/" + i5, schemaPath: "#/definitions/accounts/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err62];
                    } else {
                      vErrors.push(err62);
                    }
                    errors++;
                  }
                }
              } else {
                const err63 = { instancePath: instancePath + "/vendors/" + i4 + "/accounts", schemaPath: "#/definitions/accounts/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err63];
                } else {
                  vErrors.push(err63);
                }
                errors++;
              }
            }
            if (data38.tenants !== void 0) {
              if (!validate11(data38.tenants, { instancePath: instancePath + "/vendors/" + i4 + "/tenants", parentData: data38, parentDataProperty: "tenants", rootData })) {
                vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
                errors = vErrors.length;
              }
            }
            if (data38.apps !== void 0) {
              if (!validate11(data38.apps, { instancePath: instancePath + "/vendors/" + i4 + "/apps", parentData: data38, parentDataProperty: "apps", rootData })) {
                vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
                errors = vErrors.length;
              }
            }
            if (data38.issuers !== void 0) {
              if (!validate11(data38.issuers, { instancePath: instancePath + "/vendors/" + i4 + "/issuers", parentData: data38, parentDataProperty: "issuers", rootData })) {
                vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
                errors = vErrors.length;
              }
            }
            if (data38.owner !== void 0) {
              let data45 = data38.owner;
              if (typeof data45 === "string") {
                if (!pattern0.test(data45)) {
                  const err64 = { instancePath: instancePath + "/vendors/" + i4 + "/owner", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                  if (vErrors === null) {
                    vErrors = [err64];
                  } else {
                    vErrors.push(err64);
                  }
                  errors++;
                }
              } else {
                const err65 = { instancePath: instancePath + "/vendors/" + i4 + "/owner", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err65];
                } else {
                  vErrors.push(err65);
                }
                errors++;
              }
            }
            if (data38.ends !== void 0) {
              if (typeof data38.ends !== "string") {
                const err66 = { instancePath: instancePath + "/vendors/" + i4 + "/ends", schemaPath: "#/properties/vendors/items/properties/ends/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err66];
                } else {
                  vErrors.push(err66);
                }
                errors++;
              }
            }
            if (data38.data !== void 0) {
              let data47 = data38.data;
              if (typeof data47 === "string") {
                if (!pattern0.test(data47)) {
                  const err67 = { instancePath: instancePath + "/vendors/" + i4 + "/data", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                  if (vErrors === null) {
                    vErrors = [err67];
                  } else {
                    vErrors.push(err67);
                  }
                  errors++;
                }
              } else {
                const err68 = { instancePath: instancePath + "/vendors/" + i4 + "/data", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err68];
                } else {
                  vErrors.push(err68);
                }
                errors++;
              }
            }
          } else {
            const err69 = { instancePath: instancePath + "/vendors/" + i4, schemaPath: "#/properties/vendors/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err69];
            } else {
              vErrors.push(err69);
            }
            errors++;
          }
        }
      } else {
        const err70 = { instancePath: instancePath + "/vendors", schemaPath: "#/properties/vendors/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err70];
        } else {
          vErrors.push(err70);
        }
        errors++;
      }
    }
    if (data.packages !== void 0) {
      let data48 = data.packages;
      if (Array.isArray(data48)) {
        const len6 = data48.length;
        for (let i6 = 0; i6 < len6; i6++) {
          let data49 = data48[i6];
          if (data49 && typeof data49 == "object" && !Array.isArray(data49)) {
            if (data49.name === void 0) {
              const err71 = { instancePath: instancePath + "/packages/" + i6, schemaPath: "#/properties/packages/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
              if (vErrors === null) {
                vErrors = [err71];
              } else {
                vErrors.push(err71);
              }
              errors++;
            }
            for (const key10 in data49) {
              if (!(key10 === "name" || key10 === "match" || key10 === "owner" || key10 === "expires" || key10 === "purpose")) {
                const err72 = { instancePath: instancePath + "/packages/" + i6, schemaPath: "#/properties/packages/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key10 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err72];
                } else {
                  vErrors.push(err72);
                }
                errors++;
              }
            }
            if (data49.name !== void 0) {
              let data50 = data49.name;
              if (typeof data50 === "string") {
                if (!pattern0.test(data50)) {
                  const err73 = { instancePath: instancePath + "/packages/" + i6 + "/name", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                  if (vErrors === null) {
                    vErrors = [err73];
                  } else {
                    vErrors.push(err73);
                  }
                  errors++;
                }
              } else {
                const err74 = { instancePath: instancePath + "/packages/" + i6 + "/name", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err74];
                } else {
                  vErrors.push(err74);
                }
                errors++;
              }
            }
            if (data49.match !== void 0) {
              if (!validate24(data49.match, { instancePath: instancePath + "/packages/" + i6 + "/match", parentData: data49, parentDataProperty: "match", rootData })) {
                vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
                errors = vErrors.length;
              }
            }
            if (data49.owner !== void 0) {
              let data52 = data49.owner;
              if (typeof data52 === "string") {
                if (!pattern0.test(data52)) {
                  const err75 = { instancePath: instancePath + "/packages/" + i6 + "/owner", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                  if (vErrors === null) {
                    vErrors = [err75];
                  } else {
                    vErrors.push(err75);
                  }
                  errors++;
                }
              } else {
                const err76 = { instancePath: instancePath + "/packages/" + i6 + "/owner", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err76];
                } else {
                  vErrors.push(err76);
                }
                errors++;
              }
            }
            if (data49.expires !== void 0) {
              if (typeof data49.expires !== "string") {
                const err77 = { instancePath: instancePath + "/packages/" + i6 + "/expires", schemaPath: "#/properties/packages/items/properties/expires/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err77];
                } else {
                  vErrors.push(err77);
                }
                errors++;
              }
            }
            if (data49.purpose !== void 0) {
              let data54 = data49.purpose;
              if (typeof data54 === "string") {
                if (!pattern0.test(data54)) {
                  const err78 = { instancePath: instancePath + "/packages/" + i6 + "/purpose", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                  if (vErrors === null) {
                    vErrors = [err78];
                  } else {
                    vErrors.push(err78);
                  }
                  errors++;
                }
              } else {
                const err79 = { instancePath: instancePath + "/packages/" + i6 + "/purpose", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err79];
                } else {
                  vErrors.push(err79);
                }
                errors++;
              }
            }
          } else {
            const err80 = { instancePath: instancePath + "/packages/" + i6, schemaPath: "#/properties/packages/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err80];
            } else {
              vErrors.push(err80);
            }
            errors++;
          }
        }
      } else {
        const err81 = { instancePath: instancePath + "/packages", schemaPath: "#/properties/packages/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err81];
        } else {
          vErrors.push(err81);
        }
        errors++;
      }
    }
    if (data.customRules !== void 0) {
      let data55 = data.customRules;
      if (data55 && typeof data55 == "object" && !Array.isArray(data55)) {
        for (const key11 in data55) {
          if (!(key11 === "modules" || key11 === "expressions")) {
            const err82 = { instancePath: instancePath + "/customRules", schemaPath: "#/properties/customRules/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key11 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err82];
            } else {
              vErrors.push(err82);
            }
            errors++;
          }
        }
        if (data55.modules !== void 0) {
          if (!validate11(data55.modules, { instancePath: instancePath + "/customRules/modules", parentData: data55, parentDataProperty: "modules", rootData })) {
            vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
            errors = vErrors.length;
          }
        }
        if (data55.expressions !== void 0) {
          let data57 = data55.expressions;
          if (Array.isArray(data57)) {
            if (data57.length < 1) {
              const err83 = { instancePath: instancePath + "/customRules/expressions", schemaPath: "#/properties/customRules/properties/expressions/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" };
              if (vErrors === null) {
                vErrors = [err83];
              } else {
                vErrors.push(err83);
              }
              errors++;
            }
            const len7 = data57.length;
            for (let i7 = 0; i7 < len7; i7++) {
              let data58 = data57[i7];
              if (data58 && typeof data58 == "object" && !Array.isArray(data58)) {
                if (data58.id === void 0) {
                  const err84 = { instancePath: instancePath + "/customRules/expressions/" + i7, schemaPath: "#/properties/customRules/properties/expressions/items/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'" };
                  if (vErrors === null) {
                    vErrors = [err84];
                  } else {
                    vErrors.push(err84);
                  }
                  errors++;
                }
                if (data58.title === void 0) {
                  const err85 = { instancePath: instancePath + "/customRules/expressions/" + i7, schemaPath: "#/properties/customRules/properties/expressions/items/required", keyword: "required", params: { missingProperty: "title" }, message: "must have required property 'title'" };
                  if (vErrors === null) {
                    vErrors = [err85];
                  } else {
                    vErrors.push(err85);
                  }
                  errors++;
                }
                if (data58.category === void 0) {
                  const err86 = { instancePath: instancePath + "/customRules/expressions/" + i7, schemaPath: "#/properties/customRules/properties/expressions/items/required", keyword: "required", params: { missingProperty: "category" }, message: "must have required property 'category'" };
                  if (vErrors === null) {
                    vErrors = [err86];
                  } else {
                    vErrors.push(err86);
                  }
                  errors++;
                }
                if (data58.for === void 0) {
                  const err87 = { instancePath: instancePath + "/customRules/expressions/" + i7, schemaPath: "#/properties/customRules/properties/expressions/items/required", keyword: "required", params: { missingProperty: "for" }, message: "must have required property 'for'" };
                  if (vErrors === null) {
                    vErrors = [err87];
                  } else {
                    vErrors.push(err87);
                  }
                  errors++;
                }
                if (data58.deny === void 0) {
                  const err88 = { instancePath: instancePath + "/customRules/expressions/" + i7, schemaPath: "#/properties/customRules/properties/expressions/items/required", keyword: "required", params: { missingProperty: "deny" }, message: "must have required property 'deny'" };
                  if (vErrors === null) {
                    vErrors = [err88];
                  } else {
                    vErrors.push(err88);
                  }
                  errors++;
                }
                if (data58.message === void 0) {
                  const err89 = { instancePath: instancePath + "/customRules/expressions/" + i7, schemaPath: "#/properties/customRules/properties/expressions/items/required", keyword: "required", params: { missingProperty: "message" }, message: "must have required property 'message'" };
                  if (vErrors === null) {
                    vErrors = [err89];
                  } else {
                    vErrors.push(err89);
                  }
                  errors++;
                }
                for (const key12 in data58) {
                  if (!func2.call(schema11.properties.customRules.properties.expressions.items.properties, key12)) {
                    const err90 = { instancePath: instancePath + "/customRules/expressions/" + i7, schemaPath: "#/properties/customRules/properties/expressions/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key12 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err90];
                    } else {
                      vErrors.push(err90);
                    }
                    errors++;
                  }
                }
                if (data58.id !== void 0) {
                  let data59 = data58.id;
                  if (typeof data59 === "string") {
                    if (!pattern21.test(data59)) {
                      const err91 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/id", schemaPath: "#/properties/customRules/properties/expressions/items/properties/id/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9]{0,60}(-[a-z0-9]{1,60}){1,10}$" }, message: 'must match pattern "^[a-z][a-z0-9]{0,60}(-[a-z0-9]{1,60}){1,10}$"' };
                      if (vErrors === null) {
                        vErrors = [err91];
                      } else {
                        vErrors.push(err91);
                      }
                      errors++;
                    }
                  } else {
                    const err92 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/id", schemaPath: "#/properties/customRules/properties/expressions/items/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err92];
                    } else {
                      vErrors.push(err92);
                    }
                    errors++;
                  }
                }
                if (data58.title !== void 0) {
                  let data60 = data58.title;
                  if (typeof data60 === "string") {
                    if (!pattern0.test(data60)) {
                      const err93 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/title", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                      if (vErrors === null) {
                        vErrors = [err93];
                      } else {
                        vErrors.push(err93);
                      }
                      errors++;
                    }
                  } else {
                    const err94 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/title", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err94];
                    } else {
                      vErrors.push(err94);
                    }
                    errors++;
                  }
                }
                if (data58.category !== void 0) {
                  let data61 = data58.category;
                  if (typeof data61 === "string") {
                    if (!pattern0.test(data61)) {
                      const err95 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/category", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                      if (vErrors === null) {
                        vErrors = [err95];
                      } else {
                        vErrors.push(err95);
                      }
                      errors++;
                    }
                  } else {
                    const err96 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/category", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err96];
                    } else {
                      vErrors.push(err96);
                    }
                    errors++;
                  }
                }
                if (data58.severity !== void 0) {
                  let data62 = data58.severity;
                  if (!(data62 === "error" || data62 === "warning" || data62 === "note")) {
                    const err97 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/severity", schemaPath: "#/properties/customRules/properties/expressions/items/properties/severity/enum", keyword: "enum", params: { allowedValues: schema11.properties.customRules.properties.expressions.items.properties.severity.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err97];
                    } else {
                      vErrors.push(err97);
                    }
                    errors++;
                  }
                }
                if (data58.for !== void 0) {
                  let data63 = data58.for;
                  if (!(data63 === "identities" || data63 === "credentials" || data63 === "ways" || data63 === "grants")) {
                    const err98 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/for", schemaPath: "#/properties/customRules/properties/expressions/items/properties/for/enum", keyword: "enum", params: { allowedValues: schema11.properties.customRules.properties.expressions.items.properties.for.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err98];
                    } else {
                      vErrors.push(err98);
                    }
                    errors++;
                  }
                }
                if (data58.deny !== void 0) {
                  let data64 = data58.deny;
                  if (typeof data64 === "string") {
                    if (!pattern0.test(data64)) {
                      const err99 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/deny", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                      if (vErrors === null) {
                        vErrors = [err99];
                      } else {
                        vErrors.push(err99);
                      }
                      errors++;
                    }
                  } else {
                    const err100 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/deny", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err100];
                    } else {
                      vErrors.push(err100);
                    }
                    errors++;
                  }
                }
                if (data58.message !== void 0) {
                  let data65 = data58.message;
                  if (typeof data65 === "string") {
                    if (!pattern0.test(data65)) {
                      const err101 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/message", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                      if (vErrors === null) {
                        vErrors = [err101];
                      } else {
                        vErrors.push(err101);
                      }
                      errors++;
                    }
                  } else {
                    const err102 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/message", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err102];
                    } else {
                      vErrors.push(err102);
                    }
                    errors++;
                  }
                }
                if (data58.why !== void 0) {
                  let data66 = data58.why;
                  if (typeof data66 === "string") {
                    if (!pattern0.test(data66)) {
                      const err103 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/why", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                      if (vErrors === null) {
                        vErrors = [err103];
                      } else {
                        vErrors.push(err103);
                      }
                      errors++;
                    }
                  } else {
                    const err104 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/why", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err104];
                    } else {
                      vErrors.push(err104);
                    }
                    errors++;
                  }
                }
                if (data58.fix !== void 0) {
                  let data67 = data58.fix;
                  if (typeof data67 === "string") {
                    if (!pattern0.test(data67)) {
                      const err105 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/fix", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                      if (vErrors === null) {
                        vErrors = [err105];
                      } else {
                        vErrors.push(err105);
                      }
                      errors++;
                    }
                  } else {
                    const err106 = { instancePath: instancePath + "/customRules/expressions/" + i7 + "/fix", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err106];
                    } else {
                      vErrors.push(err106);
                    }
                    errors++;
                  }
                }
                if (data58.frameworks !== void 0) {
                  if (!validate11(data58.frameworks, { instancePath: instancePath + "/customRules/expressions/" + i7 + "/frameworks", parentData: data58, parentDataProperty: "frameworks", rootData })) {
                    vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
                    errors = vErrors.length;
                  }
                }
              } else {
                const err107 = { instancePath: instancePath + "/customRules/expressions/" + i7, schemaPath: "#/properties/customRules/properties/expressions/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err107];
                } else {
                  vErrors.push(err107);
                }
                errors++;
              }
            }
          } else {
            const err108 = { instancePath: instancePath + "/customRules/expressions", schemaPath: "#/properties/customRules/properties/expressions/type", keyword: "type", params: { type: "array" }, message: "must be array" };
            if (vErrors === null) {
              vErrors = [err108];
            } else {
              vErrors.push(err108);
            }
            errors++;
          }
        }
      } else {
        const err109 = { instancePath: instancePath + "/customRules", schemaPath: "#/properties/customRules/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err109];
        } else {
          vErrors.push(err109);
        }
        errors++;
      }
    }
    if (data.baseline !== void 0) {
      let data69 = data.baseline;
      if (typeof data69 === "string") {
        if (!pattern0.test(data69)) {
          const err110 = { instancePath: instancePath + "/baseline", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
          if (vErrors === null) {
            vErrors = [err110];
          } else {
            vErrors.push(err110);
          }
          errors++;
        }
      } else {
        const err111 = { instancePath: instancePath + "/baseline", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err111];
        } else {
          vErrors.push(err111);
        }
        errors++;
      }
    }
    if (data.waiversInCode !== void 0) {
      if (typeof data.waiversInCode !== "boolean") {
        const err112 = { instancePath: instancePath + "/waiversInCode", schemaPath: "#/properties/waiversInCode/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err112];
        } else {
          vErrors.push(err112);
        }
        errors++;
      }
    }
    if (data.waivers !== void 0) {
      let data71 = data.waivers;
      if (Array.isArray(data71)) {
        const len8 = data71.length;
        for (let i8 = 0; i8 < len8; i8++) {
          let data72 = data71[i8];
          if (data72 && typeof data72 == "object" && !Array.isArray(data72)) {
            if (data72.rule === void 0) {
              const err113 = { instancePath: instancePath + "/waivers/" + i8, schemaPath: "#/properties/waivers/items/required", keyword: "required", params: { missingProperty: "rule" }, message: "must have required property 'rule'" };
              if (vErrors === null) {
                vErrors = [err113];
              } else {
                vErrors.push(err113);
              }
              errors++;
            }
            if (data72.address === void 0) {
              const err114 = { instancePath: instancePath + "/waivers/" + i8, schemaPath: "#/properties/waivers/items/required", keyword: "required", params: { missingProperty: "address" }, message: "must have required property 'address'" };
              if (vErrors === null) {
                vErrors = [err114];
              } else {
                vErrors.push(err114);
              }
              errors++;
            }
            if (data72.reason === void 0) {
              const err115 = { instancePath: instancePath + "/waivers/" + i8, schemaPath: "#/properties/waivers/items/required", keyword: "required", params: { missingProperty: "reason" }, message: "must have required property 'reason'" };
              if (vErrors === null) {
                vErrors = [err115];
              } else {
                vErrors.push(err115);
              }
              errors++;
            }
            if (data72.owner === void 0) {
              const err116 = { instancePath: instancePath + "/waivers/" + i8, schemaPath: "#/properties/waivers/items/required", keyword: "required", params: { missingProperty: "owner" }, message: "must have required property 'owner'" };
              if (vErrors === null) {
                vErrors = [err116];
              } else {
                vErrors.push(err116);
              }
              errors++;
            }
            if (data72.expires === void 0) {
              const err117 = { instancePath: instancePath + "/waivers/" + i8, schemaPath: "#/properties/waivers/items/required", keyword: "required", params: { missingProperty: "expires" }, message: "must have required property 'expires'" };
              if (vErrors === null) {
                vErrors = [err117];
              } else {
                vErrors.push(err117);
              }
              errors++;
            }
            for (const key13 in data72) {
              if (!(key13 === "rule" || key13 === "address" || key13 === "reason" || key13 === "owner" || key13 === "expires" || key13 === "controls" || key13 === "ticket" || key13 === "retires")) {
                const err118 = { instancePath: instancePath + "/waivers/" + i8, schemaPath: "#/properties/waivers/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key13 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err118];
                } else {
                  vErrors.push(err118);
                }
                errors++;
              }
            }
            if (data72.rule !== void 0) {
              let data73 = data72.rule;
              if (typeof data73 === "string") {
                if (!pattern0.test(data73)) {
                  const err119 = { instancePath: instancePath + "/waivers/" + i8 + "/rule", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                  if (vErrors === null) {
                    vErrors = [err119];
                  } else {
                    vErrors.push(err119);
                  }
                  errors++;
                }
              } else {
                const err120 = { instancePath: instancePath + "/waivers/" + i8 + "/rule", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err120];
                } else {
                  vErrors.push(err120);
                }
                errors++;
              }
            }
            if (data72.address !== void 0) {
              let data74 = data72.address;
              if (typeof data74 === "string") {
                if (!pattern13.test(data74)) {
                  const err121 = { instancePath: instancePath + "/waivers/" + i8 + "/address", schemaPath: "#/definitions/glob/pattern", keyword: "pattern", params: { pattern: "^\\S.{0,999}$" }, message: 'must match pattern "^\\S.{0,999}$"' };
                  if (vErrors === null) {
                    vErrors = [err121];
                  } else {
                    vErrors.push(err121);
                  }
                  errors++;
                }
              } else {
                const err122 = { instancePath: instancePath + "/waivers/" + i8 + "/address", schemaPath: "#/definitions/glob/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err122];
                } else {
                  vErrors.push(err122);
                }
                errors++;
              }
            }
            if (data72.reason !== void 0) {
              let data75 = data72.reason;
              if (typeof data75 === "string") {
                if (!pattern0.test(data75)) {
                  const err123 = { instancePath: instancePath + "/waivers/" + i8 + "/reason", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                  if (vErrors === null) {
                    vErrors = [err123];
                  } else {
                    vErrors.push(err123);
                  }
                  errors++;
                }
              } else {
                const err124 = { instancePath: instancePath + "/waivers/" + i8 + "/reason", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err124];
                } else {
                  vErrors.push(err124);
                }
                errors++;
              }
            }
            if (data72.owner !== void 0) {
              let data76 = data72.owner;
              if (typeof data76 === "string") {
                if (!pattern0.test(data76)) {
                  const err125 = { instancePath: instancePath + "/waivers/" + i8 + "/owner", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                  if (vErrors === null) {
                    vErrors = [err125];
                  } else {
                    vErrors.push(err125);
                  }
                  errors++;
                }
              } else {
                const err126 = { instancePath: instancePath + "/waivers/" + i8 + "/owner", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err126];
                } else {
                  vErrors.push(err126);
                }
                errors++;
              }
            }
            if (data72.expires !== void 0) {
              if (typeof data72.expires !== "string") {
                const err127 = { instancePath: instancePath + "/waivers/" + i8 + "/expires", schemaPath: "#/properties/waivers/items/properties/expires/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err127];
                } else {
                  vErrors.push(err127);
                }
                errors++;
              }
            }
            if (data72.controls !== void 0) {
              if (!validate11(data72.controls, { instancePath: instancePath + "/waivers/" + i8 + "/controls", parentData: data72, parentDataProperty: "controls", rootData })) {
                vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
                errors = vErrors.length;
              }
            }
            if (data72.ticket !== void 0) {
              let data79 = data72.ticket;
              if (typeof data79 === "string") {
                if (!pattern0.test(data79)) {
                  const err128 = { instancePath: instancePath + "/waivers/" + i8 + "/ticket", schemaPath: "#/definitions/text/pattern", keyword: "pattern", params: { pattern: "\\S" }, message: 'must match pattern "\\S"' };
                  if (vErrors === null) {
                    vErrors = [err128];
                  } else {
                    vErrors.push(err128);
                  }
                  errors++;
                }
              } else {
                const err129 = { instancePath: instancePath + "/waivers/" + i8 + "/ticket", schemaPath: "#/definitions/text/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err129];
                } else {
                  vErrors.push(err129);
                }
                errors++;
              }
            }
            if (data72.retires !== void 0) {
              if (typeof data72.retires !== "string") {
                const err130 = { instancePath: instancePath + "/waivers/" + i8 + "/retires", schemaPath: "#/properties/waivers/items/properties/retires/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err130];
                } else {
                  vErrors.push(err130);
                }
                errors++;
              }
            }
          } else {
            const err131 = { instancePath: instancePath + "/waivers/" + i8, schemaPath: "#/properties/waivers/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err131];
            } else {
              vErrors.push(err131);
            }
            errors++;
          }
        }
      } else {
        const err132 = { instancePath: instancePath + "/waivers", schemaPath: "#/properties/waivers/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err132];
        } else {
          vErrors.push(err132);
        }
        errors++;
      }
    }
  } else {
    const err133 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err133];
    } else {
      vErrors.push(err133);
    }
    errors++;
  }
  validate10.errors = vErrors;
  return errors === 0;
}
export {
  config_validate_default as default,
  validate
};
