// Everything a test needs, bundled as a user's page would be: no plugin, no setting.
import * as package_ from "access-engine";
import { openIndexedDbStore } from "access-engine/stores/indexed-db";
import { memoryStore } from "access-engine/stores/memory";
import { storeCases } from "access-engine/testing";

Object.assign(globalThis, { ...package_, memoryStore, openIndexedDbStore, storeCases });
