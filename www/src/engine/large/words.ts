const listed = (words: string): readonly string[] => words.split(" ");

export const DOMAINS = listed("payments orders customers catalog search shipping returns pricing loyalty identity billing invoicing fraud warehouse analytics messaging support partners mobile platform");
export const SERVICES = listed("api worker scheduler gateway importer exporter reports archive events webhooks admin sync cache rules audit");
export const FOLDERS = listed("database queue storage certificates tokens feature-flags logs backups metrics schema secrets");
export const ENVIRONMENTS = listed("production staging development");

export const FIRST_NAMES = listed(
  "Aisha Amara Anders Anya Bea Björn Camille Carlos Chen Dalia Davide Ebba Emeka Esra Farah Felix Freya Gabriel Goran Hiro Ida Imran Ivan Jana Jules Kaya Keiko Lars Leila Luca Maja Mateo Milan Nadia Nils Olga Omar Paola Petra Quentin",
);
export const LAST_NAMES = listed("Abara Berg Castro Dubois Eriksen Farkas Greco Hoang Ito Jansen Kaplan Lund Moreau Novak Okafor Pereira Quist Rossi Silva Tanaka");

/** Why somebody asks; the name of a service follows. */
export const REASONS = [
  "Find out why it is slow since the last release:",
  "Two records are missing in the export of",
  "Rotate a key that is a year old, of",
  "Alarms at night: look at what fails in",
  "Roll out the change that was reviewed, in",
  "Answer the question of a customer about",
];
